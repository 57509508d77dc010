using Gplusck.Chain;
using Npgsql;

namespace Gplusck.Database;

/// <summary>Brings a database to the schema this program carries.</summary>
/// <remarks>
/// Scripts go forward only, in the order of their names, each in one transaction with its line in the journal
/// <c>public.gplusck_migration</c>. An advisory lock lets one migrator work at a time. Rooms number their scripts in
/// blocks, so a script may be applied after one with a higher number.
/// </remarks>
public sealed class Migrator
{
    // "gplusck" in ASCII: any constant nobody else locks.
    private const long LockKey = 0x67706c7573636b;

    private readonly NpgsqlDataSource _dataSource;
    private readonly IReadOnlyList<MigrationScript> _scripts;

    /// <summary>A migrator for the embedded scripts.</summary>
    public Migrator(NpgsqlDataSource dataSource)
        : this(dataSource, MigrationScript.Embedded())
    {
    }

    internal Migrator(NpgsqlDataSource dataSource, IReadOnlyList<MigrationScript> scripts)
    {
        _dataSource = dataSource;
        _scripts = scripts;
    }

    /// <summary>Applies what is missing. Does nothing when the database is up to date.</summary>
    /// <exception cref="GplusckException">
    /// The journal names a script this program lacks, or one whose text differs: nothing was applied. Or a script
    /// failed: those before it stay applied.
    /// </exception>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await _dataSource.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync("SELECT pg_advisory_lock(@LockKey)", new { LockKey }, cancellationToken);
        try
        {
            Dictionary<string, byte[]> applied = await ReadJournalAsync(connection, cancellationToken);
            Refuse(applied);
            foreach (MigrationScript script in _scripts.Where(script => !applied.ContainsKey(script.Name)))
            {
                await ApplyAsync(connection, script, cancellationToken);
            }

            // Types that scripts made are known to connections opened before them.
            await connection.ReloadTypesAsync(cancellationToken);
        }
        finally
        {
            await connection.ExecuteAsync(
                "SELECT pg_advisory_unlock(@LockKey)", new { LockKey }, CancellationToken.None);
        }
    }

    private static async Task<Dictionary<string, byte[]>> ReadJournalAsync(
        NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(
            """
            CREATE TABLE IF NOT EXISTS public.gplusck_migration (
                name text PRIMARY KEY,
                sha256 bytea NOT NULL,
                applied_at timestamptz NOT NULL DEFAULT now()
            )
            """,
            null,
            cancellationToken);
        IReadOnlyList<(string Name, byte[] Sha256)> rows = await connection.QueryAsync<(string, byte[])>(
            "SELECT name, sha256 FROM public.gplusck_migration", null, cancellationToken);
        return rows.ToDictionary(row => row.Name, row => row.Sha256);
    }

    private void Refuse(Dictionary<string, byte[]> applied)
    {
        Dictionary<string, MigrationScript> known = _scripts.ToDictionary(script => script.Name);
        foreach ((string name, byte[] sha256) in applied.OrderBy(row => row.Key, StringComparer.Ordinal))
        {
            if (!known.TryGetValue(name, out MigrationScript? script))
            {
                throw new GplusckException(
                    $"The database has migration {name}, unknown to this program: a newer Gplusck migrated it.");
            }

            if (!script.Sha256.AsSpan().SequenceEqual(sha256))
            {
                throw new GplusckException(
                    $"Migration {name} was applied with another text: migrations are never edited, add a new one.");
            }
        }
    }

    private static async Task ApplyAsync(
        NpgsqlConnection connection, MigrationScript script, CancellationToken cancellationToken)
    {
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        try
        {
            await connection.ExecuteAsync(script.Sql, null, cancellationToken, transaction);
        }
        catch (PostgresException error)
        {
            throw new GplusckException($"Migration {script.Name} failed: {error.MessageText}.", error);
        }

        await connection.ExecuteAsync(
            "INSERT INTO public.gplusck_migration (name, sha256) VALUES (@Name, @Sha256)",
            script,
            cancellationToken,
            transaction);
        await transaction.CommitAsync(cancellationToken);
    }
}
