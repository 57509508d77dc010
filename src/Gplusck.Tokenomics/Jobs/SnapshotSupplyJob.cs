using Gplusck.Database;
using Hangfire;
using Npgsql;

namespace Gplusck.Tokenomics.Jobs;

/// <summary>Keeps the supply at the newest indexed block.</summary>
/// <remarks>One statement, so all figures are as of the same block. A row whose block was replaced is written
/// anew.</remarks>
public sealed class SnapshotSupplyJob(NpgsqlDataSource dataSource)
{
    /// <summary>Writes the snapshot; does nothing when the block has one.</summary>
    [AutomaticRetry(Attempts = 0)]
    [DisableConcurrentExecution(timeoutInSeconds: 30)]
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        const string Insert = """
            INSERT INTO supply.snapshot (block_number, block_hash, timestamp, minted, burned, supply, staked)
            SELECT c.block_number, c.block_hash, b.timestamp, minted, burned, minted - burned,
                staked + rewarded - withdrawn - slashed - followed
            FROM gplusck.checkpoint c
            JOIN gplusck.block b ON b.number = c.block_number
            CROSS JOIN (SELECT coalesce(sum(value), 0) AS minted FROM gplusck.gpuck_transfer WHERE "from" = @nobody)
            CROSS JOIN (SELECT coalesce(sum(amount), 0) AS burned FROM gplusck.gpuck_burned)
            CROSS JOIN (SELECT coalesce(sum(assets), 0) AS staked FROM gplusck.stake_vault_staked)
            CROSS JOIN (SELECT coalesce(sum(assets), 0) AS rewarded FROM gplusck.stake_vault_reward_added)
            CROSS JOIN (SELECT coalesce(sum(assets), 0) AS withdrawn FROM gplusck.stake_vault_withdrawn)
            CROSS JOIN (SELECT coalesce(sum(removed), 0) AS slashed FROM gplusck.stake_vault_slashed)
            CROSS JOIN (SELECT coalesce(sum(burned), 0) AS followed FROM gplusck.stake_vault_redelegation_settled)
            ON CONFLICT (block_number) DO UPDATE
            SET block_hash = excluded.block_hash, timestamp = excluded.timestamp, minted = excluded.minted,
                burned = excluded.burned, supply = excluded.supply, staked = excluded.staked
            WHERE supply.snapshot.block_hash <> excluded.block_hash
            """;
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(Insert, new { nobody = new byte[20] }, cancellationToken);
    }
}
