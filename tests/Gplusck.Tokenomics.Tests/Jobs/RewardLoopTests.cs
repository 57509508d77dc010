using System.Numerics;
using Gplusck.Chain;
using Gplusck.Chain.Bindings;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Rpc;
using Gplusck.Chain.Signing;
using Gplusck.Testing;
using Gplusck.Tokenomics.Rules;

namespace Gplusck.Tokenomics.Tests.Jobs;

[Collection(DeployedChain.Collection)]
public sealed class RewardLoopTests(PostgresFixture postgres, DeployedChain chain)
{
    private static readonly PrivateKey Solar = DevKeys.All[2];
    private static readonly PrivateKey Coal = DevKeys.All[3];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Settled_green_work_is_minted_proposed_claimed_and_found_right_with_nothing_paid_twice()
    {
        await using ChainTables tables = await ChainTables.CreateAsync(postgres, chain.Url, chain.Contracts, Token);
        JobSet jobs = new(tables, chain);
        using Workplace work = new(chain);
        EmissionSchedule schedule = await new Tokenomics.Jobs.EpochClock(chain.Client, chain.Contracts)
            .ScheduleAsync(Token);
        long epoch = schedule.EpochAt(await TimestampAsync()) + 1;
        await chain.PassTimeAsync(schedule.StartOf(epoch) - await TimestampAsync(), Token);
        long[] batches = await WorkAsync(work, tables, jobs);

        await chain.PassTimeAsync(DeployedChain.EpochSeconds + 10, Token);
        await tables.IndexAsync(Token);
        for (long ended = 0; ended <= epoch; ended++)
        {
            await TwiceAsync(jobs.Close.RunAsync);
            await jobs.SendAsync([$"mint-epoch:{ended}"], Token);
        }

        await TwiceAsync(jobs.Close.RunAsync);
        await TwiceAsync(jobs.Attest.RunAsync);
        await jobs.SendAsync(JobSet.Attestations(epoch), Token);
        await chain.PassTimeAsync(2, Token);

        Assert.Empty(await jobs.Check.RunAsync(epoch, Token));
        // Three cells at 1 GPUCK each, of which four tenths burned: nine tenths of that is all the work can earn.
        await ClaimsPayOnceAsync(work, tables, epoch, BurnBound.Wei(3 * BigInteger.Pow(10, 18) * 4 / 10));
        await TablesAgreeAsync(tables, jobs, batches);
        await TamperingIsFoundAsync(tables, jobs, epoch, batches[0]);
    }

    // Two operators do the same work; only one of them on clean electricity.
    private async Task<long[]> WorkAsync(Workplace work, ChainTables tables, JobSet jobs)
    {
        await work.OpenNodeAsync(Solar, EnergySource.Solar, Token);
        await work.OpenNodeAsync(Coal, EnergySource.Coal, Token);
        BigInteger job = await work.PostJobAsync(Token);
        long solar = await work.CommitAsync(Solar, job, cells: 3, wattHours: 7, Token);
        long coal = await work.CommitAsync(Coal, job, cells: 3, wattHours: 0, Token);
        await tables.IndexAsync(Token);
        await VerifiedBatches.AddAsync(tables, solar, ["correct", "correct", "correct"], 8, 8, 64, Token);
        await VerifiedBatches.AddAsync(tables, coal, ["correct", "correct", "correct"], 8, 8, 64, Token);
        await jobs.Settle.RunAsync(Token);
        Assert.Null(await jobs.Outbox.StatusAsync($"settle:{solar}", Token));

        await chain.PassTimeAsync(11, Token);
        await tables.IndexAsync(Token);
        await TwiceAsync(jobs.Settle.RunAsync);
        await jobs.SendAsync([$"settle:{solar}", $"settle:{coal}"], Token);
        return [solar, coal];
    }

    private async Task ClaimsPayOnceAsync(Workplace work, ChainTables tables, long epoch, BigInteger earned)
    {
        (byte[] account, BigInteger cumulative, byte[][] proof) = Assert.Single(
            await tables.QueryAsync<(byte[], BigInteger, byte[][])>(
                "SELECT account, cumulative, proof FROM rewards.leaf WHERE epoch = @epoch", new { epoch }, Token));
        Assert.Equal((Solar.Address, earned), (Address.FromBytes(account), cumulative));
        BigInteger before = await BalanceAsync(Solar.Address);

        IReadOnlyList<Hash32> path = [.. proof.Select(node => Hash32.FromBytes(node))];
        await work.ClaimAsync(epoch, Solar.Address, cumulative, path, Token);
        await work.ClaimAsync(epoch, Solar.Address, cumulative, path, Token);
        await Assert.ThrowsAsync<ContractRevertException>(
            () => work.ClaimAsync(epoch, Solar.Address, cumulative + 1, path, Token));

        Assert.Equal(before + earned, await BalanceAsync(Solar.Address));
    }

    private async Task TablesAgreeAsync(ChainTables tables, JobSet jobs, long[] batches)
    {
        await tables.IndexAsync(Token);
        await TwiceAsync(jobs.Reconcile.RunAsync);
        await TwiceAsync(jobs.Snapshot.RunAsync);
        (int checks, string differences) = Assert.Single(await tables.QueryAsync<(int, string)>(
            "SELECT checks, differences::text FROM supply.reconciliation", null, Token));
        Assert.Equal("[]", differences);
        Assert.InRange(checks, 30, int.MaxValue);
        BigInteger supply = await chain.ReadAsync(chain.Contracts.Gpuck.TotalSupply(), Token);
        Assert.Equal([supply], await tables.QueryAsync<BigInteger>("SELECT supply FROM supply.snapshot", null, Token));

        FeeParts expected = new FeeSplit(4_000, 1_000, 1_000).Settled(3 * BigInteger.Pow(10, 18), 500, hasStake: true);
        Assert.Equal(
            expected,
            Assert.Single(await tables.QueryAsync<FeeParts>(
                """
                SELECT burned AS burned_wei, operator_fee AS operator_wei, stakers_fee AS stakers_wei,
                    treasury_fee AS treasury_wei
                FROM gplusck.compute_market_batch_settled WHERE batch_id = @batch
                """,
                new { batch = batches[0] }, Token)));
    }

    private static async Task TamperingIsFoundAsync(ChainTables tables, JobSet jobs, long epoch, long batch)
    {
        await tables.ExecuteAsync("DELETE FROM gplusck.gpuck_burned", null, Token);
        await jobs.Reconcile.RunAsync(Token);
        string differences = Assert.Single(await tables.QueryAsync<string>(
            "SELECT differences::text FROM supply.reconciliation", null, Token));
        Assert.Contains("wei burned: 0 in the tables", differences, StringComparison.Ordinal);
        Assert.Contains("rows of gpuck_burned: 0 in the tables", differences, StringComparison.Ordinal);

        await tables.ExecuteAsync(
            "UPDATE verify.cell SET outcome = 'wrong' WHERE batch_id = @batch AND position = 0", new { batch }, Token);
        Assert.Contains(
            await jobs.Check.RunAsync(epoch, Token),
            difference => difference.StartsWith("The inputs hash", StringComparison.Ordinal));
        await Assert.ThrowsAsync<InvalidInputException>(() => jobs.Check.RunAsync(epoch + 50, Token));
    }

    private static async Task TwiceAsync(Func<CancellationToken, Task> runAsync)
    {
        await runAsync(Token);
        await runAsync(Token);
    }

    private Task<BigInteger> BalanceAsync(Address account) =>
        chain.ReadAsync(chain.Contracts.Gpuck.BalanceOf(account), Token);

    private async Task<long> TimestampAsync() =>
        (long)(await chain.Client.GetBlockAsync(BlockTag.Latest, Token))!.Timestamp;
}
