using System.Numerics;
using Gplusck.Chain.Bindings;
using Gplusck.Chain.Signing;
using Gplusck.GpuVerify.Cells;
using Gplusck.GpuVerify.Disputes;
using Gplusck.Outbox;
using Gplusck.Testing;
using Hangfire;
using Hangfire.States;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gplusck.GpuVerify.Tests.Disputes;

[Trait("Needs", "Postgres"), Trait("Needs", "Anvil")]
public sealed class VerifyBatchJobTests(PostgresFixture postgres, DeploymentFixture chain)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Right_batch_is_verified_with_a_row_for_each_cell_and_accuses_nobody()
    {
        await using DisputeRig rig = await DisputeRig.StartAsync(postgres, chain, Token);
        PrivateKey key = await rig.RegisterOperatorAsync(Token);
        (BigInteger id, _) = await rig.CommitAsync(key, Cells(5), null, Token);

        await rig.Job.RunAsync($"{id}", Token);

        Assert.Equal("verified", await rig.ScalarAsync<string>("SELECT state FROM verify.batch", Token));
        Assert.Equal(5, await rig.ScalarAsync<long>(
            "SELECT count(*) FROM verify.cell WHERE outcome = 'correct' AND elapsed_us >= 0", Token));
        Assert.True(
            await rig.ScalarAsync<bool>("SELECT bool_or(backend LIKE 'freivalds+%') FROM verify.cell", Token),
            "no control cell was computed again");
        Assert.Equal(0, await rig.ScalarAsync<long>("SELECT count(*) FROM outbox.transaction", Token));
    }

    [Fact]
    public async Task One_wrong_element_voids_the_batch_and_slashes_the_operator_once()
    {
        await using DisputeRig rig = await DisputeRig.StartAsync(postgres, chain, Token);
        PrivateKey key = await rig.RegisterOperatorAsync(Token);
        RandomCell[] cells = Cells(6);
        int actual = cells[3].C[77];
        cells[3].C[77] += 1;
        (BigInteger id, TestBatch batch) = await rig.CommitAsync(key, cells, null, Token);
        ulong node = await rig.ReadAsync(rig.Contracts.NodeRegistry.NodeOf(key.Address), Token);
        BigInteger stake = await rig.ReadAsync(rig.Contracts.StakeVault.ActiveStake(node), Token);

        await Task.WhenAll(rig.Job.RunAsync($"{id}", Token), rig.Job.RunAsync($"{id}", Token));
        await rig.Job.RunAsync($"{id}", Token);
        string rows = await RowsAsync(rig);
        OutboxStatus sent = await rig.SendAsync($"prove:{id}", Token);
        await rig.IndexAsync(Token);
        await rig.Job.RunAsync($"{id}", Token);
        await rig.Follow.RunAsync(Token);
        await rig.Follow.RunAsync(Token);
        BigInteger fault = await rig.ScalarAsync<BigInteger>("SELECT fault_id FROM verify.fault", Token);
        await rig.SendAsync($"punish:{fault}", Token);
        await rig.IndexAsync(Token);
        await rig.Follow.RunAsync(Token);

        Assert.Equal(OutboxState.Confirmed, sent.State);
        Assert.Equal(rows, await RowsAsync(rig));
        Assert.Equal(
            "reserve,prove,punish",
            await rig.ScalarAsync<string>(
                "SELECT string_agg(split_part(key, ':', 1), ',' ORDER BY sequence) FROM outbox.transaction", Token));
        Assert.Equal(1, await rig.ScalarAsync<long>("SELECT count(*) FROM verify.cell WHERE outcome = 'wrong'", Token));
        Assert.Equal("proved", await rig.ScalarAsync<string>("SELECT state FROM verify.fault", Token));
        Assert.Equal(BatchStatus.Voided, (await rig.ReadAsync(rig.Contracts.ComputeMarket.Batch(id), Token)).Status);
        Assert.Equal(NodeStatus.Jailed, (await rig.ReadAsync(rig.Contracts.NodeRegistry.Node(node), Token)).Status);
        Assert.True(await rig.ReadAsync(rig.Contracts.StakeVault.ActiveStake(node), Token) < stake);

        string evidence = await rig.ScalarAsync<string>("SELECT proof::text FROM verify.fault", Token);
        FaultFinding finding = FaultCheck.Examine(evidence);
        Assert.True(finding.Holds, string.Join(" ", finding.Differences));
        Assert.Equal((actual + 1, actual, batch.Root), (finding.Claimed, finding.Actual, finding.CellsRoot));
    }

    [Fact]
    public async Task Withheld_data_leave_the_batch_unavailable_until_they_are_served()
    {
        await using DisputeRig rig = await DisputeRig.StartAsync(postgres, chain, Token);
        PrivateKey key = await rig.RegisterOperatorAsync(Token);
        (BigInteger id, TestBatch batch) = await rig.CommitAsync(key, Cells(2), null, Token);
        rig.Source.Withhold(batch.Commitments[1].RootC);

        await rig.Job.RunAsync($"{id}", Token);
        Assert.Equal("unavailable", await rig.ScalarAsync<string>("SELECT state FROM verify.batch", Token));
        rig.Source.Serve(batch.Commitments[1].RootC, batch.Data[0].C);
        await rig.Job.RunAsync($"{id}", Token);
        string detail = await rig.ScalarAsync<string>("SELECT detail FROM verify.batch", Token);
        Assert.Equal(0, await rig.ScalarAsync<long>("SELECT count(*) FROM verify.cell", Token));
        batch.ServeFrom(rig.Source);
        await rig.Job.RunAsync($"{id}", Token);

        Assert.Contains(batch.Commitments[1].RootC.ToString(), detail, StringComparison.Ordinal);
        Assert.Equal("verified", await rig.ScalarAsync<string>("SELECT state FROM verify.batch", Token));
        Assert.Equal(3, await rig.ScalarAsync<int>("SELECT attempts FROM verify.batch", Token));
    }

    [Fact]
    public async Task Right_cells_that_the_requester_never_ordered_are_unassigned()
    {
        await using DisputeRig rig = await DisputeRig.StartAsync(postgres, chain, Token);
        PrivateKey key = await rig.RegisterOperatorAsync(Token);
        (BigInteger id, _) = await rig.CommitAsync(key, Cells(2), signer: key, Token);

        await rig.Job.RunAsync($"{id}", Token);

        Assert.Equal("verified", await rig.ScalarAsync<string>("SELECT state FROM verify.batch", Token));
        Assert.Equal(2, await rig.ScalarAsync<long>(
            "SELECT count(*) FROM verify.cell WHERE outcome = 'unassigned'", Token));
    }

    [Fact]
    public async Task Each_committed_batch_is_handed_out_once_and_again_when_its_data_were_missing()
    {
        await using DisputeRig rig = await DisputeRig.StartAsync(postgres, chain, Token);
        PrivateKey key = await rig.RegisterOperatorAsync(Token);
        (BigInteger id, TestBatch batch) = await rig.CommitAsync(key, Cells(1), null, Token);
        rig.Options.RetrySeconds = 3_600;
        RecordedJobs jobs = new();
        FindBatchesJob find = new(
            rig.DataSource, jobs, rig.Options, TimeProvider.System, NullLogger<FindBatchesJob>.Instance);

        await find.RunAsync(Token);
        await find.RunAsync(Token);
        Assert.Equal(1, jobs.Arguments.Count(argument => argument == $"{id}"));

        rig.Source.Withhold(batch.Root);
        await rig.Job.RunAsync($"{id}", Token);
        rig.Options.RetrySeconds = 0;
        await find.RunAsync(Token);
        Assert.Equal(2, jobs.Arguments.Count(argument => argument == $"{id}"));

        batch.ServeFrom(rig.Source);
        await rig.Job.RunAsync($"{id}", Token);
        await find.RunAsync(Token);
        Assert.Equal(2, jobs.Arguments.Count(argument => argument == $"{id}"));
    }

    private static RandomCell[] Cells(int count) => [.. Enumerable.Range(0, count)
        .Select(index => new RandomCell(new GemmShape(12 + index, 17, 40 + index), Seeds.Next()))];

    private static async Task<string> RowsAsync(DisputeRig rig) => await rig.ScalarAsync<string>(
        """
        SELECT (SELECT json_agg(b ORDER BY batch_id)::text FROM verify.batch b)
            || (SELECT json_agg(c ORDER BY position)::text FROM verify.cell c)
            || (SELECT proof::text FROM verify.fault)
        """,
        Token);

    /// <summary>The same cells twice would be the same batch, which the market refuses.</summary>
    private static class Seeds
    {
        private static int _last;

        public static int Next() => Interlocked.Increment(ref _last);
    }

    private sealed class RecordedJobs : IBackgroundJobClient
    {
        public List<string> Arguments { get; } = [];

        public string Create(Hangfire.Common.Job job, IState state)
        {
            Arguments.Add((string)job.Args[0]);
            return "1";
        }

        public bool ChangeState(string jobId, IState state, string expectedState) => true;
    }
}
