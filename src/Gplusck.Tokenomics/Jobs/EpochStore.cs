using System.Numerics;
using Gplusck.Database;
using Gplusck.Tokenomics.Rules;
using Npgsql;
using NpgsqlTypes;

namespace Gplusck.Tokenomics.Jobs;

/// <summary>Closed epochs in their tables.</summary>
internal static class EpochStore
{
    /// <summary>The newest closed epoch; -1 before the first.</summary>
    public static Task<long> NewestAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, CancellationToken cancellationToken) =>
        connection.QuerySingleAsync<long>(
            "SELECT coalesce(max(epoch), -1) FROM rewards.epoch", null, cancellationToken, transaction);

    /// <summary>The last epoch before <paramref name="epoch"/> that has a root; null when there is none.</summary>
    public static Task<ClosedEpoch?> RootedBeforeAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, long epoch, CancellationToken cancellationToken)
    {
        const string Select = """
            SELECT epoch, root, inputs_hash, inputs::text AS inputs, total
            FROM rewards.epoch WHERE epoch < @epoch AND root IS NOT NULL
            ORDER BY epoch DESC LIMIT 1
            """;
        return connection.QuerySingleOrDefaultAsync<ClosedEpoch>(Select, new { epoch }, cancellationToken, transaction);
    }

    /// <summary>One closed epoch; null when it has not been closed.</summary>
    public static Task<ClosedEpoch?> FindAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, long epoch, CancellationToken cancellationToken)
    {
        const string Select = """
            SELECT epoch, root, inputs_hash, inputs::text AS inputs, total FROM rewards.epoch WHERE epoch = @epoch
            """;
        return connection.QuerySingleOrDefaultAsync<ClosedEpoch>(Select, new { epoch }, cancellationToken, transaction);
    }

    /// <summary>What every account had earned up to an epoch with a root.</summary>
    public static Task<IReadOnlyList<AccountAmount>> BookAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, long? epoch,
        CancellationToken cancellationToken) =>
        connection.QueryAsync<AccountAmount>(
            "SELECT account, cumulative AS amount FROM rewards.leaf WHERE epoch = @epoch",
            new { epoch }, cancellationToken, transaction);

    /// <summary>Whether the index has seen the epoch's minting.</summary>
    public static Task<bool> IsMintedAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, long epoch, CancellationToken cancellationToken) =>
        connection.QuerySingleAsync<bool>(
            "SELECT EXISTS (SELECT FROM gplusck.emission_epoch_minted WHERE epoch = @epoch)",
            new { epoch }, cancellationToken, transaction);

    /// <summary>Wei minted for rewards over all epochs up to and with this one.</summary>
    public static Task<BigInteger> MintedThroughAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, long epoch, CancellationToken cancellationToken) =>
        connection.QuerySingleAsync<BigInteger>(
            "SELECT coalesce(sum(amount), 0) FROM gplusck.emission_epoch_minted WHERE epoch <= @epoch",
            new { epoch }, cancellationToken, transaction);

    /// <summary>Writes an epoch with its leaves.</summary>
    public static async Task InsertAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, EpochInputs inputs, EpochRewards rewards, long tip,
        CancellationToken cancellationToken)
    {
        const string Insert = """
            INSERT INTO rewards.epoch (epoch, budget, inputs_hash, inputs, root, total, leaves, closed_at_block)
            VALUES (@Epoch, @budget, @hash, @json::jsonb, @root, @total, @leaves, @tip)
            """;
        await connection.ExecuteAsync(
            Insert,
            new
            {
                inputs.Epoch, budget = rewards.DistributedWei, hash = inputs.Hash(), json = inputs.ToJson(),
                root = rewards.Root?.ToArray(), total = rewards.TotalWei, leaves = rewards.Leaves.Count, tip,
            },
            cancellationToken,
            transaction);
        await using NpgsqlBinaryImporter importer = await connection.BeginBinaryImportAsync(
            "COPY rewards.leaf (epoch, account, earned, cumulative, proof) FROM STDIN (FORMAT BINARY)",
            cancellationToken);
        foreach (RewardLeaf leaf in rewards.Leaves)
        {
            await importer.StartRowAsync(cancellationToken);
            await importer.WriteAsync(inputs.Epoch, NpgsqlDbType.Bigint, cancellationToken);
            await importer.WriteAsync(leaf.Account.ToArray(), NpgsqlDbType.Bytea, cancellationToken);
            await importer.WriteAsync(leaf.EarnedWei, NpgsqlDbType.Numeric, cancellationToken);
            await importer.WriteAsync(leaf.CumulativeWei, NpgsqlDbType.Numeric, cancellationToken);
            byte[][] proof = [.. leaf.Proof.Select(node => node.ToArray())];
            await importer.WriteAsync(proof, NpgsqlDbType.Array | NpgsqlDbType.Bytea, cancellationToken);
        }

        await importer.CompleteAsync(cancellationToken);
    }
}
