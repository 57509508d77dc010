using Gplusck.Chain.Primitives;
using Gplusck.Database;
using Gplusck.Indexer.Schema;
using Gplusck.Indexer.Sources;
using Npgsql;

namespace Gplusck.Indexer.Storage;

/// <summary>Makes the tables of a plan, or makes sure that they were made for the same plan and chain.</summary>
internal static class SchemaBuild
{
    /// <exception cref="IndexerException">The schema holds something else; the message says what to do.</exception>
    public static async Task EnsureAsync(
        NpgsqlConnection connection, SchemaPlan plan, ChainIdentity chain, CancellationToken cancellationToken)
    {
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        bool hasManifest = await connection.QuerySingleAsync<bool>(
            "SELECT to_regclass(@name) IS NOT NULL",
            new { name = plan.Table("manifest") }, cancellationToken, transaction);
        if (hasManifest)
        {
            await RefuseOtherAsync(connection, transaction, plan, chain, cancellationToken);
        }
        else
        {
            await CreateAsync(connection, transaction, plan, chain, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task RefuseOtherAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, SchemaPlan plan, ChainIdentity chain,
        CancellationToken cancellationToken)
    {
        BuiltFrom built = await connection.QuerySingleAsync<BuiltFrom>(
            $"SELECT sha256, chain_id, genesis_hash FROM {plan.Table("manifest")}",
            null, cancellationToken, transaction);
        string remedy = $"name another schema, or DROP SCHEMA {Identifier.Quote(plan.Schema)} CASCADE to index anew.";
        if (!built.Sha256.AsSpan().SequenceEqual(plan.Fingerprint()))
        {
            throw new IndexerException($"The schema {plan.Schema} was built from another manifest: {remedy}");
        }

        if (built.ChainId != chain.ChainId)
        {
            throw new IndexerException(
                $"The schema {plan.Schema} mirrors chain {built.ChainId}, the node serves {chain.ChainId}: {remedy}");
        }

        if (built.GenesisHash != chain.Genesis)
        {
            throw new IndexerException(
                $"The schema {plan.Schema} mirrors a chain that began with another block than the node's: {remedy}");
        }
    }

    private static async Task CreateAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, SchemaPlan plan, ChainIdentity chain,
        CancellationToken cancellationToken)
    {
        bool isTaken = await connection.QuerySingleAsync<bool>(
            "SELECT EXISTS (SELECT FROM pg_class WHERE relnamespace = to_regnamespace(@name))",
            new { name = Identifier.Quote(plan.Schema) },
            cancellationToken,
            transaction);
        if (isTaken)
        {
            throw new IndexerException(
                $"The schema {plan.Schema} holds tables that no indexer made: name another schema.");
        }

        string events = string.Join('\n', plan.Tables.Select(table => table.CreateSql));
        string children = string.Join('\n', plan.Factories.Select(rule => ChildTable(plan, rule.Child)));
        string projections = string.Join('\n', plan.Projections.Select(projection => projection.CreateSql));
        await connection.ExecuteAsync(
            $"{OwnTables(plan)}\n{events}\n{children}\n{projections}", null, cancellationToken, transaction);
        await connection.ExecuteAsync(
            $"""
            INSERT INTO {plan.Table("manifest")} (sha256, chain_id, genesis_hash)
            VALUES (@sha256, @ChainId, @Genesis)
            """,
            new { sha256 = plan.Fingerprint(), chain.ChainId, chain.Genesis },
            cancellationToken,
            transaction);
    }

    private static string OwnTables(SchemaPlan plan) =>
        $"""
        CREATE SCHEMA IF NOT EXISTS {Identifier.Quote(plan.Schema)};

        CREATE TABLE {plan.Table("manifest")} (
            one boolean PRIMARY KEY DEFAULT true CHECK (one),
            sha256 bytea NOT NULL,
            chain_id bigint NOT NULL,
            genesis_hash bytea NOT NULL
        );
        COMMENT ON TABLE {plan.Table("manifest")} IS
            'What this schema was built from; an indexer with another manifest is refused.';

        CREATE TABLE {plan.Table("block")} (
            number bigint PRIMARY KEY,
            hash bytea NOT NULL,
            parent_hash bytea NOT NULL,
            timestamp bigint NOT NULL,
            state_hash bytea NOT NULL
        );
        COMMENT ON TABLE {plan.Table("block")} IS
            'Every block indexed, with or without events; timestamp in Unix seconds, state_hash as in docs/indexer.md.';

        CREATE TABLE {plan.Table("checkpoint")} (
            one boolean PRIMARY KEY DEFAULT true CHECK (one),
            block_number bigint NOT NULL,
            block_hash bytea NOT NULL
        );
        COMMENT ON TABLE {plan.Table("checkpoint")} IS 'Last block committed; all tables of the schema stand at it.';

        CREATE TABLE {plan.Table("undecoded")} (
            block_number bigint NOT NULL,
            block_hash bytea NOT NULL,
            transaction_hash bytea NOT NULL,
            transaction_index integer NOT NULL,
            log_index integer NOT NULL,
            address bytea NOT NULL,
            topics bytea[] NOT NULL,
            data bytea NOT NULL,
            reason text NOT NULL,
            PRIMARY KEY (block_number, log_index)
        );
        COMMENT ON TABLE {plan.Table("undecoded")} IS
            'Logs with the topic of one of our events that are no encoding of it.';
        """;

    private static string ChildTable(SchemaPlan plan, IndexedContract contract)
    {
        string table = plan.Table(SchemaPlan.ChildTable(contract));
        return $"""
            CREATE TABLE {table} (address bytea PRIMARY KEY, block_number bigint NOT NULL, log_index integer NOT NULL);
            COMMENT ON TABLE {table} IS {Identifier.Literal($"Contracts announced by {contract.Place}.")};
            """;
    }

    private sealed record BuiltFrom(byte[] Sha256, long ChainId, Hash32 GenesisHash);
}
