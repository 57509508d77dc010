using System.Globalization;
using System.Numerics;
using Gplusck.Database;
using Hangfire;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Gplusck.GpuVerify.Disputes;

/// <summary>Hands committed batches that nobody has screened to verifiers, and unfinished ones again.
/// Recurring.</summary>
/// <remarks>
/// A batch is handed out once the block after its commit is indexed, because that block's hash draws the control cells.
/// One that waits for its data or for an agreement is handed out again until its window ends; one whose verifier died,
/// always.
/// </remarks>
[AutomaticRetry(Attempts = 0)]
public sealed class FindBatchesJob(
    NpgsqlDataSource dataSource,
    IBackgroundJobClient jobs,
    VerifierOptions options,
    TimeProvider time,
    ILogger<FindBatchesJob> logger)
{
    /// <summary>One look at the index.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        const string Take = """
            WITH head AS (SELECT number, timestamp FROM gplusck.block ORDER BY number DESC LIMIT 1)
            INSERT INTO verify.batch AS v (batch_id, node_id, cells_root, cells, state, found_at)
            SELECT c.batch_id, c.node_id, c.cells_root, c.cells::integer, 'found', @now
            FROM gplusck.compute_market_batch_committed c
            CROSS JOIN head
            LEFT JOIN verify.batch known ON known.batch_id = c.batch_id
            WHERE c.block_number < head.number
                AND (known.batch_id IS NULL
                    OR known.cells_root <> c.cells_root
                    OR (known.found_at < @again
                        AND (known.state = 'found'
                            OR (known.state IN ('unavailable', 'inconclusive')
                                AND c.challenge_ends_at > head.timestamp))))
            ORDER BY c.block_number, c.log_index
            LIMIT @limit
            ON CONFLICT (batch_id) DO UPDATE
            SET state = CASE WHEN v.cells_root = excluded.cells_root THEN v.state ELSE 'found' END,
                node_id = excluded.node_id, cells_root = excluded.cells_root, cells = excluded.cells,
                found_at = excluded.found_at
            RETURNING v.batch_id
            """;
        DateTimeOffset now = time.GetUtcNow();
        object values = new { now, again = now.AddSeconds(-options.RetrySeconds), limit = options.BatchesPerRound };
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        IReadOnlyList<BigInteger> taken = await connection.QueryAsync<BigInteger>(Take, values, cancellationToken);
        foreach (BigInteger batchId in taken)
        {
            string id = batchId.ToString(CultureInfo.InvariantCulture);
            jobs.Enqueue<VerifyBatchJob>(job => job.RunAsync(id, CancellationToken.None));
        }

        if (taken.Count > 0)
        {
            Log.Found(logger, taken.Count);
        }
    }
}
