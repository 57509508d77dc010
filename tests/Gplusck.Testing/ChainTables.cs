using Gplusck.Chain.Bindings;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Rpc;
using Gplusck.Database;
using Gplusck.Indexer;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Gplusck.Testing;

/// <summary>A migrated database whose <c>gplusck</c> tables the real indexer made.</summary>
/// <remarks>Without a deployment the contracts stand at made-up addresses: the tables are real and empty, for a test to
/// fill.</remarks>
public sealed class ChainTables : IAsyncDisposable
{
    private readonly IndexManifest _manifest;
    private readonly EthereumClient _chain;

    private ChainTables(NpgsqlDataSource dataSource, IndexManifest manifest, EthereumClient chain)
    {
        DataSource = dataSource;
        _manifest = manifest;
        _chain = chain;
    }

    public NpgsqlDataSource DataSource { get; }

    public static async Task<ChainTables> CreateAsync(
        PostgresFixture postgres, Uri node, Deployment? deployment, CancellationToken cancellationToken)
    {
        string connectionString = await postgres.CreateDatabaseAsync(cancellationToken);
        NpgsqlDataSource dataSource = PostgresDataSource.Create(connectionString);
        await new Migrator(dataSource).MigrateAsync(cancellationToken);
        IndexedContract[] contracts =
        [
            .. ContractAbi.Names.Select((name, index) => new IndexedContract(
                name,
                deployment?.Addresses[name] ?? Address.FromBytes([.. new byte[19], (byte)(index + 1)]),
                deployment?.Block ?? 0,
                ContractAbi.Parse(name),
                name == nameof(Gpuck) ? ["erc20_balance"] : [])),
        ];
        ChainTables tables = new(
            dataSource, new IndexManifest("gplusck", contracts), EthereumClient.Connect(node, TimeProvider.System));
        await tables.IndexAsync(cancellationToken);
        return tables;
    }

    /// <summary>Indexes up to the newest block.</summary>
    public async Task IndexAsync(CancellationToken cancellationToken)
    {
        IndexerOptions options = new() { ToBlock = await _chain.BlockNumberAsync(cancellationToken) };
        IndexerRun run = new(DataSource, _chain, _manifest, options, TimeProvider.System, NullLogger.Instance);
        await run.RunAsync(cancellationToken);
    }

    public async Task ExecuteAsync(string sql, object? args, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await DataSource.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(sql, args, cancellationToken);
    }

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? args, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await DataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QueryAsync<T>(sql, args, cancellationToken);
    }

    public ValueTask DisposeAsync() => DataSource.DisposeAsync();
}
