using Gplusck.Host.Devnet;
using Npgsql;

namespace Gplusck.Benchmarks.Indexing;

/// <summary>A durable Postgres as a user has it, new for each benchmark; each run gets a new database.</summary>
internal sealed class BenchPostgres : IAsyncDisposable
{
    private readonly EmbeddedPostgres _server;
    private readonly string _folder;
    private int _databases;

    private BenchPostgres(EmbeddedPostgres server, string folder)
    {
        _server = server;
        _folder = folder;
    }

    public static async Task<BenchPostgres> StartAsync(CancellationToken cancellationToken)
    {
        string folder = Path.Combine(BenchFolder.Path, $"postgres-{Environment.ProcessId}");
        EmbeddedPostgres server = await EmbeddedPostgres.StartAsync(
            folder, durable: true, TimeProvider.System, cancellationToken);
        return new BenchPostgres(server, folder);
    }

    /// <summary>Makes a database and lets the server finish earlier work, which would count against the next run.
    /// </summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> NewDatabaseAsync(CancellationToken cancellationToken)
    {
        string name = $"run_{++_databases}";
        await _server.CreateDatabaseAsync(name, cancellationToken);
        await ExecuteAsync("CHECKPOINT", cancellationToken);
        return _server.ConnectionString(name);
    }

    /// <summary>Drops a database that <see cref="NewDatabaseAsync"/> made.</summary>
    public Task DropAsync(string connectionString, CancellationToken cancellationToken)
    {
        NpgsqlConnection.ClearAllPools();
        string name = new NpgsqlConnectionStringBuilder(connectionString).Database!;
        return ExecuteAsync($"DROP DATABASE {name} WITH (FORCE)", cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = new(_server.ConnectionString("postgres"));
        await connection.OpenAsync(cancellationToken);
        await using NpgsqlCommand command = new(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
