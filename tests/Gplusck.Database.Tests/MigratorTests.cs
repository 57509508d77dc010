using Gplusck.Chain;
using Gplusck.Testing;
using Npgsql;

namespace Gplusck.Database.Tests;

public sealed class MigratorTests(PostgresFixture postgres)
{
    private static readonly MigrationScript First = new(
        "0001_first.sql", "CREATE TABLE a (n int); INSERT INTO a VALUES (1)");
    private static readonly MigrationScript Second = new("0002_second.sql", "INSERT INTO a SELECT n + 1 FROM a");
    private static readonly MigrationScript Broken = new(
        "0003_broken.sql", "INSERT INTO a VALUES (9); SELECT 1 FROM nowhere");

    [Fact, Trait("Needs", "Postgres")]
    public async Task The_embedded_scripts_apply_to_an_empty_database_and_a_second_time_do_nothing()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        await using NpgsqlDataSource source = await SourceAsync(token);

        await new Migrator(source).MigrateAsync(token);
        IReadOnlyList<string> before = await JournalAsync(source, token);
        await new Migrator(source).MigrateAsync(token);

        Assert.Equal(MigrationScript.Embedded().Select(script => script.Name), before);
        Assert.Equal(before, await JournalAsync(source, token));
    }

    [Fact, Trait("Needs", "Postgres")]
    public async Task Scripts_run_once_each_in_order_and_a_missing_lower_number_is_caught_up()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        await using NpgsqlDataSource source = await SourceAsync(token);
        MigrationScript late = new("0001_z_late.sql", "INSERT INTO a VALUES (100)");

        await new Migrator(source, [First, Second]).MigrateAsync(token);
        await new Migrator(source, [First, late, Second]).MigrateAsync(token);

        Assert.Equal([1, 2, 100], await NumbersAsync(source, token));
    }

    [Fact, Trait("Needs", "Postgres")]
    public async Task Migrators_that_start_together_apply_each_script_once()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        await using NpgsqlDataSource source = await SourceAsync(token);

        await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => new Migrator(source, [First, Second]).MigrateAsync(token)));

        Assert.Equal([1, 2], await NumbersAsync(source, token));
    }

    [Fact, Trait("Needs", "Postgres")]
    public async Task A_failing_script_leaves_nothing_of_itself_and_keeps_those_before()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        await using NpgsqlDataSource source = await SourceAsync(token);

        GplusckException error = await Assert.ThrowsAsync<GplusckException>(
            () => new Migrator(source, [First, Broken]).MigrateAsync(token));

        Assert.Contains("0003_broken.sql", error.Message, StringComparison.Ordinal);
        Assert.Equal([1], await NumbersAsync(source, token));
        Assert.Equal(["0001_first.sql"], await JournalAsync(source, token));
    }

    [Fact, Trait("Needs", "Postgres")]
    public async Task An_edited_script_is_refused()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        await using NpgsqlDataSource source = await SourceAsync(token);
        await new Migrator(source, [First]).MigrateAsync(token);

        GplusckException error = await Assert.ThrowsAsync<GplusckException>(
            () => new Migrator(source, [First with { Sql = First.Sql + " " }, Second]).MigrateAsync(token));

        Assert.Contains("0001_first.sql was applied with another text", error.Message, StringComparison.Ordinal);
        Assert.Equal(["0001_first.sql"], await JournalAsync(source, token));
    }

    [Fact, Trait("Needs", "Postgres")]
    public async Task A_database_of_a_newer_program_is_refused()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        await using NpgsqlDataSource source = await SourceAsync(token);
        await new Migrator(source, [First, Second]).MigrateAsync(token);

        GplusckException error = await Assert.ThrowsAsync<GplusckException>(
            () => new Migrator(source, [First]).MigrateAsync(token));

        Assert.Contains("0002_second.sql", error.Message, StringComparison.Ordinal);
        Assert.Contains("newer Gplusck", error.Message, StringComparison.Ordinal);
    }

    private async Task<NpgsqlDataSource> SourceAsync(CancellationToken token) =>
        PostgresDataSource.Create(await postgres.CreateDatabaseAsync(token));

    private static async Task<IReadOnlyList<string>> JournalAsync(NpgsqlDataSource source, CancellationToken token)
    {
        await using NpgsqlConnection connection = await source.OpenConnectionAsync(token);
        return await connection.QueryAsync<string>(
            "SELECT name FROM public.gplusck_migration ORDER BY name COLLATE \"C\"", null, token);
    }

    private static async Task<IReadOnlyList<int>> NumbersAsync(NpgsqlDataSource source, CancellationToken token)
    {
        await using NpgsqlConnection connection = await source.OpenConnectionAsync(token);
        return await connection.QueryAsync<int>("SELECT n FROM a ORDER BY n", null, token);
    }
}
