using Gplusck.Chain.Primitives;
using Gplusck.Chain.Rpc;
using Gplusck.Database;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Gplusck.Indexer.Tests.Chain;

/// <summary>A database that mirrors a chain, with means to run indexers on it and to compare schemas.</summary>
public sealed class Mirror(string connectionString) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public string ConnectionString { get; } = connectionString;

    public NpgsqlDataSource DataSource { get; } = PostgresDataSource.Create(connectionString);

    public ValueTask DisposeAsync() => DataSource.DisposeAsync();

    public static IndexManifest TokenManifest(
        string schema, CompiledContract token, Address address, long startBlock = 0) =>
        new(schema, [new IndexedContract("Coin", address, startBlock, token.Abi, ["erc20_balance"])]);

    public IndexerRun Run(
        IndexManifest manifest, EthereumClient client, long? to = null, VerifyMode verify = VerifyMode.Full,
        ILogger? logger = null, int rangeBlocksMax = 500) => new(
            DataSource,
            client,
            manifest,
            new IndexerOptions
            {
                Verify = verify,
                ToBlock = to,
                PollMilliseconds = 10,
                ErrorDelayMillisecondsMax = 20,
                RangeBlocksMax = rangeBlocksMax,
            },
            TimeProvider.System,
            logger ?? new LogLines());

    /// <summary>Indexes up to the node's head, or fails with what keeps it from getting there.</summary>
    public async Task IndexAsync(
        IndexManifest manifest, EthereumClient client, CancellationToken token, VerifyMode verify = VerifyMode.Full)
    {
        IndexerRun run = Run(manifest, client, await client.BlockNumberAsync(token), verify);
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(Patience);
        try
        {
            await run.RunAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            Assert.Fail($"Not indexed after {Patience}: {run.Progress.LastError}");
        }
    }

    /// <summary>Every table of a schema but the manifest, as sorted text.</summary>
    public async Task<IReadOnlyDictionary<string, string>> DumpAsync(string schema, CancellationToken token)
    {
        await using NpgsqlConnection connection = await DataSource.OpenConnectionAsync(token);
        IReadOnlyList<string> tables = await connection.QueryAsync<string>(
            "SELECT tablename FROM pg_tables WHERE schemaname = @schema AND tablename <> 'manifest' ORDER BY 1",
            new { schema },
            token);
        Dictionary<string, string> dump = [];
        foreach (string table in tables)
        {
            dump[table] = await connection.QuerySingleAsync<string>(
                $"""SELECT coalesce(string_agg(t::text, E'\n' ORDER BY t::text), '') FROM "{schema}"."{table}" t""",
                null, token);
        }

        return dump;
    }

    /// <summary>Fails unless the schema equals what a fresh index of the same contracts gives.</summary>
    public async Task AssertEqualsFreshAsync(
        string schema, Func<string, IndexManifest> manifest, EthereumClient client, CancellationToken token)
    {
        string fresh = $"fresh_{Guid.NewGuid():n}";
        await IndexAsync(manifest(fresh), client, token);
        Assert.Equal(await DumpAsync(fresh, token), await DumpAsync(schema, token));
    }

    /// <summary>Hash of the last block committed; null when there is none.</summary>
    public async Task<Hash32?> CheckpointAsync(string schema, CancellationToken token) =>
        (await QueryAsync<Hash32?>($"SELECT block_hash FROM {schema}.checkpoint", token)).SingleOrDefault();

    public async Task<T> SingleAsync<T>(string sql, CancellationToken token)
    {
        await using NpgsqlConnection connection = await DataSource.OpenConnectionAsync(token);
        return await connection.QuerySingleAsync<T>(sql, null, token);
    }

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, CancellationToken token)
    {
        await using NpgsqlConnection connection = await DataSource.OpenConnectionAsync(token);
        return await connection.QueryAsync<T>(sql, null, token);
    }
}
