using System.Numerics;
using Gplusck.Chain.Primitives;
using Gplusck.Testing;

namespace Gplusck.Indexer.Tests.Chain;

/// <summary>
/// A chain with a token and three transfers in each block from 2 to <see cref="Head"/>, and a database for mirrors.
/// </summary>
public sealed class MirroredToken(PostgresFixture postgres, TestContracts contracts) : IAsyncLifetime
{
    public const int Head = 9;

    public TestChain Chain { get; private set; } = null!;

    public Mirror Mirror { get; private set; } = null!;

    public Address Coin { get; private set; }

    public async ValueTask InitializeAsync()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        Chain = await TestChain.StartAsync(token);
        Mirror = new Mirror(await postgres.CreateDatabaseAsync(token));
        Coin = await Chain.DeployAsync(contracts.Token, token);
        for (int block = 2; block <= Head; block++)
        {
            await Chain.SendAsync(Chain.Accounts[0], Coin, Scatter(block), token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Mirror.DisposeAsync();
        await Chain.DisposeAsync();
    }

    public byte[] Scatter(int seed) => contracts.Token.Call("scatter", new BigInteger(seed), new BigInteger(3));

    public IndexManifest Manifest(string schema) => Mirror.TokenManifest(schema, contracts.Token, Coin);

    /// <summary>
    /// Fails unless a lie about a block is named and everything below it, and nothing else, is committed.
    /// </summary>
    public async Task AssertCaughtAsync(TamperingHandler node, int lieAt, string expected, CancellationToken token)
    {
        LogLines log = new();
        string schema = $"lie_{Guid.NewGuid():n}";

        // Two blocks a range, so that a range ends right below the lie.
        IndexerRun run = Mirror.Run(Manifest(schema), node.Client(Chain.Url), Head, logger: log, rangeBlocksMax: 2);
        Task running = run.RunAsync(token);
        while (run.Progress.LastError is null)
        {
            Assert.False(running.IsCompleted, "The lie was not noticed.");
            await Task.Delay(5, token);
        }

        Assert.Contains(expected, run.Progress.LastError, StringComparison.Ordinal);
        Assert.Contains(log.Lines, line => line.Contains(expected, StringComparison.Ordinal));
        Assert.Equal(
            (lieAt - 1, lieAt - 1, lieAt - 1),
            await Mirror.SingleAsync<(int, int, int)>(
                $"""
                SELECT max(number), (SELECT max(block_number) FROM {schema}.coin_transfer),
                    (SELECT block_number FROM {schema}.checkpoint) FROM {schema}.block
                """,
                token));

        node.Tamper = null;
        await running;
        await Mirror.AssertEqualsFreshAsync(schema, Manifest, Chain.Client, token);
    }
}
