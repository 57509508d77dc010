using System.Numerics;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Rpc;
using Gplusck.Indexer.Tests.Chain;
using Gplusck.Testing;

namespace Gplusck.Indexer.Tests;

public sealed class ReorgTests(PostgresFixture postgres, TestContracts contracts)
{
    [Theory, Trait("Needs", "Anvil")]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public async Task After_random_transfers_reorgs_and_restarts_the_tables_equal_a_fresh_index(int seed, bool follows)
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        Random random = new(seed);
        await using TestChain chain = await TestChain.StartAsync(token);
        await using Mirror mirror = new(await postgres.CreateDatabaseAsync(token));
        Address coin = await chain.DeployAsync(contracts.Token, token);
        IndexManifest manifest = Mirror.TokenManifest("mirror", contracts.Token, coin);
        for (int round = 0; round < 12; round++)
        {
            await GrowAsync(chain, coin, random, token);
            if (follows && round % 3 != 0)
            {
                await FollowAsync(mirror, manifest, chain, () => ReorgAsync(chain, coin, random, token), token);
            }
            else
            {
                await mirror.IndexAsync(manifest, chain.Client, token);
                await ReorgAsync(chain, coin, random, token);
                await mirror.IndexAsync(manifest, chain.Client, token);
            }

            BlockHeader head = (await chain.Client.GetBlockAsync(BlockTag.Latest, token))!;
            Assert.Equal(head.Hash, await mirror.CheckpointAsync("mirror", token));
        }

        await mirror.AssertEqualsFreshAsync(
            "mirror", schema => Mirror.TokenManifest(schema, contracts.Token, coin), chain.Client, token);
        Assert.NotEqual(0, await mirror.SingleAsync<long>("SELECT count(*) FROM mirror.coin_balance", token));
    }

    [Fact, Trait("Needs", "Anvil")]
    public async Task A_reorg_that_takes_back_the_first_indexed_block_starts_over()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        await using TestChain chain = await TestChain.StartAsync(token);
        await using Mirror mirror = new(await postgres.CreateDatabaseAsync(token));
        Address coin = await chain.DeployAsync(contracts.Token, token);
        await chain.MineAsync(3, token);
        await chain.SendAsync(chain.Accounts[0], coin, contracts.Token.Call("mint", coin, new BigInteger(9)), token);
        IndexManifest manifest = Mirror.TokenManifest("mirror", contracts.Token, coin, startBlock: 4);
        await mirror.IndexAsync(manifest, chain.Client, token);
        Assert.Equal(1, await mirror.SingleAsync<long>("SELECT count(*) FROM mirror.coin_balance", token));

        await chain.ReorgAsync(3, [], token);
        await mirror.IndexAsync(manifest, chain.Client, token);

        Assert.Equal(0, await mirror.SingleAsync<long>("SELECT count(*) FROM mirror.coin_transfer", token));
        await mirror.AssertEqualsFreshAsync(
            "mirror",
            schema => Mirror.TokenManifest(schema, contracts.Token, coin, startBlock: 4), chain.Client, token);
    }

    [Fact, Trait("Needs", "Anvil")]
    public async Task A_node_that_falls_behind_on_the_same_chain_undoes_nothing()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        await using TestChain chain = await TestChain.StartAsync(token);
        await using Mirror mirror = new(await postgres.CreateDatabaseAsync(token));
        Address coin = await chain.DeployAsync(contracts.Token, token);
        await chain.SendAsync(chain.Accounts[0], coin, contracts.Token.Call("mint", coin, new BigInteger(9)), token);
        await chain.MineAsync(4, token);
        IndexManifest manifest = Mirror.TokenManifest("mirror", contracts.Token, coin);
        await mirror.IndexAsync(manifest, chain.Client, token);
        IReadOnlyDictionary<string, string> before = await mirror.DumpAsync("mirror", token);

        await chain.Client.Rpc.CallAsync("anvil_rollback", [4], token);
        LogLines log = new();
        IndexerRun run = mirror.Run(manifest, chain.Client, logger: log);
        await RunWhileAsync(run, () => UntilAsync(() => Task.FromResult(run.Progress.HeadBlock == 2), token), token);

        Assert.Equal(before, await mirror.DumpAsync("mirror", token));
        Assert.DoesNotContain(log.Lines, line => line.StartsWith("Reorg", StringComparison.Ordinal));

        await chain.SendAsync(chain.Accounts[0], coin, contracts.Token.Call("mint", coin, new BigInteger(8)), token);
        await mirror.IndexAsync(manifest, chain.Client, token);
        await mirror.AssertEqualsFreshAsync(
            "mirror", schema => Mirror.TokenManifest(schema, contracts.Token, coin), chain.Client, token);
    }

    private static async Task FollowAsync(
        Mirror mirror, IndexManifest manifest, TestChain chain, Func<Task> disturb, CancellationToken token)
    {
        IndexerRun run = mirror.Run(manifest, chain.Client);
        await RunWhileAsync(
            run,
            async () =>
            {
                await disturb();
                await UntilAsync(
                    async () => await chain.Client.GetBlockAsync(BlockTag.Latest, token) is { } head
                        && await mirror.CheckpointAsync("mirror", token) == head.Hash,
                    token);
            },
            token);
    }

    private static async Task RunWhileAsync(IndexerRun run, Func<Task> work, CancellationToken token)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(token);
        Task running = run.RunAsync(stop.Token);
        try
        {
            await UntilAsync(() => Task.FromResult(run.Progress.HeadBlock is not null || running.IsCompleted), token);
            await work();
        }
        finally
        {
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> isTrue, CancellationToken token)
    {
        while (!await isTrue())
        {
            await Task.Delay(10, token);
        }
    }

    private async Task GrowAsync(TestChain chain, Address coin, Random random, CancellationToken token)
    {
        for (int block = random.Next(1, 5); block > 0; block--)
        {
            await chain.SendTogetherAsync(Calls(chain, coin, random).Take(random.Next(1, 4)), token);
        }

        await chain.MineAsync(random.Next(1, 4), token);
    }

    private async Task ReorgAsync(TestChain chain, Address coin, Random random, CancellationToken token)
    {
        long head = await chain.Client.BlockNumberAsync(token);

        // The deployment in block 1 stays: the calls need the contract.
        int depth = random.Next(1, (int)Math.Min(20, head - 1) + 1);
        (Address, Address, byte[], int)[] calls = [.. Calls(chain, coin, random)
            .Take(random.Next(0, 6))
            .Select(call => (call.From, call.To, call.Data, random.Next(depth)))];
        await chain.ReorgAsync(depth, calls, token);
    }

    // Mint, or scatter: calls that succeed whatever a reorg took back.
    private IEnumerable<(Address From, Address To, byte[] Data)> Calls(TestChain chain, Address coin, Random random)
    {
        while (true)
        {
            Address account = chain.Accounts[random.Next(chain.Accounts.Count)];
            byte[] data = random.Next(3) switch
            {
                0 => contracts.Token.Call("scatter", new BigInteger(random.Next(3)), new BigInteger(random.Next(1, 6))),
                1 => contracts.Token.Call("transfer", chain.Accounts[random.Next(4)], BigInteger.Zero + random.Next(2)),
                _ => contracts.Token.Call("mint", account, new BigInteger(random.NextInt64())),
            };
            yield return (account, coin, data);
        }
    }
}
