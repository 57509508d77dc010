using System.Numerics;
using Gplusck.Chain.Primitives;
using Gplusck.Database;
using Gplusck.Indexer.Tests.Chain;
using Gplusck.Testing;
using Npgsql;

namespace Gplusck.Indexer.Tests;

public sealed class SchemaTests(PostgresFixture postgres, TestContracts contracts)
{
    [Fact, Trait("Needs", "Anvil")]
    public async Task A_schema_of_another_manifest_another_chain_or_another_owner_is_refused()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        await using TestChain chain = await TestChain.StartAsync(token);
        await using TestChain other = await TestChain.StartAsync(token);
        await using Mirror mirror = new(await postgres.CreateDatabaseAsync(token));
        Address coin = await chain.DeployAsync(contracts.Token, token);
        IndexManifest manifest = Mirror.TokenManifest("mirror", contracts.Token, coin);
        await mirror.IndexAsync(manifest, chain.Client, token);
        IReadOnlyDictionary<string, string> before = await mirror.DumpAsync("mirror", token);

        IndexManifest changed = Mirror.TokenManifest("mirror", contracts.Token, coin, startBlock: 1);
        await AssertRefusedAsync(mirror.Run(changed, chain.Client, 0), "built from another manifest");
        await other.Client.Rpc.CallAsync("anvil_setChainId", [4], token);
        await AssertRefusedAsync(mirror.Run(manifest, other.Client, 0), "mirrors chain 31337, the node serves 4");
        await using NpgsqlConnection connection = await mirror.DataSource.OpenConnectionAsync(token);
        await connection.ExecuteAsync("UPDATE mirror.manifest SET genesis_hash = sha256('')", null, token);
        await AssertRefusedAsync(mirror.Run(manifest, chain.Client, 0), "began with another block");
        await connection.ExecuteAsync("CREATE SCHEMA taken CREATE TABLE mine (n int)", null, token);
        await AssertRefusedAsync(
            mirror.Run(Mirror.TokenManifest("taken", contracts.Token, coin), chain.Client, 0),
            "holds tables that no indexer made");

        Assert.Equal(before, await mirror.DumpAsync("mirror", token));
    }

    [Fact, Trait("Needs", "Anvil")]
    public async Task A_second_indexer_on_the_same_schema_is_refused_and_one_on_another_is_not()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        await using TestChain chain = await TestChain.StartAsync(token);
        await using Mirror mirror = new(await postgres.CreateDatabaseAsync(token));
        Address coin = await chain.DeployAsync(contracts.Token, token);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(token);
        IndexerRun first = mirror.Run(Mirror.TokenManifest("mirror", contracts.Token, coin), chain.Client);
        Task running = first.RunAsync(stop.Token);
        while (first.Progress.IndexedBlock != 1)
        {
            await Task.Delay(5, token);
        }

        await mirror.IndexAsync(Mirror.TokenManifest("beside", contracts.Token, coin), chain.Client, token);
        SchemaLockedException error = await Assert.ThrowsAsync<SchemaLockedException>(
            () => mirror.IndexAsync(Mirror.TokenManifest("mirror", contracts.Token, coin), chain.Client, token));
        Assert.Contains("Another indexer is working on the schema mirror", error.Message, StringComparison.Ordinal);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await mirror.IndexAsync(Mirror.TokenManifest("mirror", contracts.Token, coin), chain.Client, token);
    }

    [Fact, Trait("Needs", "Anvil")]
    public async Task An_indexer_whose_connections_are_cut_goes_on()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        await using TestChain chain = await TestChain.StartAsync(token);
        await using Mirror mirror = new(await postgres.CreateDatabaseAsync(token));
        Address coin = await chain.DeployAsync(contracts.Token, token);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(token);
        IndexerRun run = mirror.Run(Mirror.TokenManifest("mirror", contracts.Token, coin), chain.Client);
        Task running = run.RunAsync(stop.Token);
        for (int round = 2; round < 6; round++)
        {
            await chain.SendAsync(
                chain.Accounts[0], coin, contracts.Token.Call("mint", coin, new BigInteger(round)), token);
            while (run.Progress.IndexedBlock != round)
            {
                Assert.False(running.IsCompleted);
                await Task.Delay(5, token);
            }

            await CutAsync(mirror.ConnectionString, token);
        }

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await mirror.AssertEqualsFreshAsync(
            "mirror", schema => Mirror.TokenManifest(schema, contracts.Token, coin), chain.Client, token);
    }

    private static async Task CutAsync(string connectionString, CancellationToken token)
    {
        await using NpgsqlConnection connection = new(connectionString + ";Pooling=false");
        await connection.OpenAsync(token);
        await connection.ExecuteAsync(
            """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid()
            """,
            null,
            token);
    }

    private static async Task AssertRefusedAsync(IndexerRun run, string expected)
    {
        IndexerException error = await Assert.ThrowsAsync<IndexerException>(
            () => run.RunAsync(TestContext.Current.CancellationToken));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }
}
