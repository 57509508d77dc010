using Npgsql;

namespace Gplusck.Indexer.Tests.Simulation;

/// <summary>Makes writes fail, and connections break, inside the indexer's own transactions.</summary>
/// <remarks>
/// Triggers count the writes in a sequence, which no rollback takes back, and hash the count with the seed. One of them
/// is deferred, so that it strikes when the transaction commits.
/// </remarks>
internal sealed class DatabaseFaults(NpgsqlDataSource dataSource, string schema, int seed, int per1024)
{
    private bool _isInstalled;

    private string Own => $"faults_of_{schema}";

    /// <summary>Puts the triggers on the indexer's tables as soon as there are any.</summary>
    public async Task InstallAsync(CancellationToken cancellationToken)
    {
        if (_isInstalled || per1024 == 0)
        {
            return;
        }

        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using NpgsqlCommand exists = new($"SELECT to_regclass('{schema}.checkpoint') IS NOT NULL", connection);
        if ((bool)(await exists.ExecuteScalarAsync(cancellationToken))!)
        {
            await using NpgsqlCommand install = new(InstallSql, connection);
            await install.ExecuteNonQueryAsync(cancellationToken);
            _isInstalled = true;
        }
    }

    /// <summary>Writes succeed from now on. Returns how many were counted.</summary>
    public async Task<int> StopAsync(CancellationToken cancellationToken)
    {
        if (!_isInstalled)
        {
            return 0;
        }

        await using NpgsqlCommand command = dataSource.CreateCommand(
            $"UPDATE {Own}.rate SET per_1024 = 0; SELECT last_value FROM {Own}.writes");
        return (int)(long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Breaks every connection the indexer has, whatever it is doing.</summary>
    public async Task<int> KillAsync(string applicationName, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = $1");
        command.Parameters.AddWithValue(applicationName);
        return (int)(long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private string InstallSql =>
        $"""
        CREATE SCHEMA {Own};
        CREATE SEQUENCE {Own}.writes;
        CREATE TABLE {Own}.rate AS SELECT {per1024} AS per_1024;
        CREATE FUNCTION {Own}.strike() RETURNS trigger LANGUAGE plpgsql AS $body$
        DECLARE
            write bigint := nextval('{Own}.writes');
            fate bigint := hashint8extended(write, {seed}) & 1023;
        BEGIN
            IF fate < (SELECT per_1024 FROM {Own}.rate) THEN
                IF fate % 2 = 0 THEN
                    PERFORM pg_terminate_backend(pg_backend_pid());
                END IF;
                RAISE EXCEPTION 'simulated' USING ERRCODE =
                    (ARRAY['40001', '40P01', '53100', '57014'])[1 + (fate / 2) % 4];
            END IF;
            RETURN NULL;
        END
        $body$;
        DO $body$
        DECLARE
            name text;
        BEGIN
            FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = '{schema}' LOOP
                EXECUTE format('CREATE TRIGGER strike AFTER INSERT OR UPDATE OR DELETE ON %I.%I
                    FOR EACH STATEMENT EXECUTE FUNCTION {Own}.strike()', '{schema}', name);
            END LOOP;
            CREATE CONSTRAINT TRIGGER strike_at_commit AFTER INSERT OR UPDATE OR DELETE ON {schema}.checkpoint
                DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION {Own}.strike();
        END
        $body$;
        """;
}
