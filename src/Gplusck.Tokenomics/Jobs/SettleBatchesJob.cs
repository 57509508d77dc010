using System.Numerics;
using Gplusck.Chain.Bindings;
using Gplusck.Database;
using Gplusck.Outbox;
using Hangfire;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Gplusck.Tokenomics.Jobs;

/// <summary>Settles batches whose challenge window has passed without a fault.</summary>
/// <remarks>
/// A batch that our verifier found faulty is left alone, even when its window passed before the fault could be proved:
/// anyone may settle it, we do not. Each batch is left to the outbox once, under <c>settle:{batchId}</c>.
/// </remarks>
public sealed class SettleBatchesJob(
    NpgsqlDataSource dataSource,
    Deployment deployment,
    TransactionOutbox outbox,
    TokenomicsOptions options,
    ILogger<SettleBatchesJob> logger)
{
    /// <summary>Leaves what can be settled by now to the outbox; what is there already stays as it is.</summary>
    [AutomaticRetry(Attempts = 0)]
    [DisableConcurrentExecution(timeoutInSeconds: 30)]
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        const string Ready = """
            SELECT b.batch_id
            FROM gplusck.compute_market_batch_committed b
            WHERE b.challenge_ends_at <= @now
                AND NOT EXISTS (SELECT FROM gplusck.compute_market_batch_settled s WHERE s.batch_id = b.batch_id)
                AND NOT EXISTS (SELECT FROM gplusck.compute_market_batch_voided v WHERE v.batch_id = b.batch_id)
                AND NOT EXISTS (
                    SELECT FROM verify.batch f
                    WHERE f.batch_id = b.batch_id AND f.cells_root = b.cells_root AND f.state = 'faulty')
                AND NOT EXISTS (SELECT FROM outbox.transaction t WHERE t.key = 'settle:' || b.batch_id)
            ORDER BY b.block_number, b.log_index
            LIMIT @most
            """;
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        IndexTip tip = await IndexTip.ReadAsync(connection, transaction, cancellationToken);
        IReadOnlyList<BigInteger> batches = await connection.QueryAsync<BigInteger>(
            Ready, new { now = tip.Timestamp, most = options.SettlementsMax }, cancellationToken, transaction);
        foreach (BigInteger batch in batches)
        {
            await outbox.EnqueueAsync(
                connection, transaction, $"settle:{batch}", options.Account, deployment.ComputeMarket.Settle(batch),
                cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        if (batches.Count > 0)
        {
            Log.Settling(logger, batches.Count);
        }
    }
}
