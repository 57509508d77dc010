using Gplusck.Host.Devnet;
using Npgsql;
using Xunit;

namespace Gplusck.Testing;

/// <summary>
/// One Postgres server per test assembly: GPLUSCK_TEST_POSTGRES when set, else an embedded one without fsync.
/// </summary>
/// <remarks>Use as <c>[assembly: AssemblyFixture(typeof(PostgresFixture))]</c>.</remarks>
public sealed class PostgresFixture : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gplusck-postgres-").FullName;
    private EmbeddedPostgres? _server;

    /// <summary>Makes an empty database of its own for a test and returns its connection string.</summary>
    public async Task<string> CreateDatabaseAsync(CancellationToken cancellationToken)
    {
        string name = $"test_{Guid.NewGuid():n}";
        await using NpgsqlConnection connection = new(ConnectionString("postgres"));
        await connection.OpenAsync(cancellationToken);
        await using NpgsqlCommand create = new($"CREATE DATABASE {name}", connection);
        await create.ExecuteNonQueryAsync(cancellationToken);
        return ConnectionString(name);
    }

    public async ValueTask InitializeAsync()
    {
        if (External is null)
        {
            _server = await EmbeddedPostgres.StartAsync(
                _folder, durable: false, TimeProvider.System, CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static string? External => Environment.GetEnvironmentVariable("GPLUSCK_TEST_POSTGRES");

    private string ConnectionString(string database) => External is null
        ? _server!.ConnectionString(database)
        : new NpgsqlConnectionStringBuilder(External) { Database = database }.ConnectionString;
}
