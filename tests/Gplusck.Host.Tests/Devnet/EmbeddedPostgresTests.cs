using Gplusck.Chain;
using Gplusck.Host.Devnet;
using Npgsql;

namespace Gplusck.Host.Tests.Devnet;

public sealed class EmbeddedPostgresTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gplusck devnet ").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_second_start_finds_what_the_first_wrote()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        await using (EmbeddedPostgres first =
            await EmbeddedPostgres.StartAsync(_folder, durable: true, TimeProvider.System, token))
        {
            await first.CreateDatabaseAsync("kept", token);
            await ExecuteAsync(first.ConnectionString("kept"), "CREATE TABLE t AS SELECT 7 AS n", token);
        }

        await using EmbeddedPostgres second =
            await EmbeddedPostgres.StartAsync(_folder, durable: true, TimeProvider.System, token);
        await second.CreateDatabaseAsync("kept", token);
        Assert.Equal(7, await ExecuteAsync(second.ConnectionString("kept"), "SELECT n FROM t", token));
    }

    [Fact]
    public async Task A_damaged_data_folder_is_named_in_one_sentence()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        Directory.CreateDirectory(Path.Combine(_folder, "data"));
        GplusckException error = await Assert.ThrowsAsync<GplusckException>(
            () => EmbeddedPostgres.StartAsync(_folder, durable: true, TimeProvider.System, token));
        Assert.Contains(_folder, error.Message, StringComparison.Ordinal);
        Assert.Contains("remove that folder", error.Message, StringComparison.Ordinal);
    }

    private static async Task<object?> ExecuteAsync(string connectionString, string sql, CancellationToken token)
    {
        await using NpgsqlConnection connection = new(connectionString + ";Pooling=false");
        await connection.OpenAsync(token);
        await using NpgsqlCommand command = new(sql, connection);
        return await command.ExecuteScalarAsync(token);
    }
}
