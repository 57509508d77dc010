using System.Globalization;
using System.Numerics;
using Gplusck.Chain;
using Gplusck.Chain.Bindings;
using Gplusck.Host.Endpoints.Answers;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Gplusck.Host.Endpoints;

/// <summary>Single microcells, as far as they have come.</summary>
internal static class CellEndpoints
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/cells", ListAsync)
        .WithTags("cells")
        .WithSummary("Cells, newest first; `next` of one answer is `before` of the next")
        .ProducesProblem(StatusCodes.Status400BadRequest);

    public static async Task<Ok<CellsAnswer>> ListAsync(
        int? limit, string? before, NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        // A batch says how many cells it has; which they are is known once a verifier has fetched them. The series of
        // positions is cut to the page, since nothing bounds the cells of a batch but its job.
        const string Cells = """
            WITH batch AS (
                SELECT *, CASE WHEN batch_id = @batch THEN least(@position, cells) ELSE cells END AS above
                FROM gplusck.compute_market_batch_committed
                WHERE @batch::numeric IS NULL OR batch_id <= @batch
                ORDER BY block_number DESC, log_index DESC LIMIT @size + 1
            ), cell AS (
                SELECT b.*, p.position,
                    EXISTS (SELECT FROM gplusck.compute_market_batch_settled WHERE batch_id = b.batch_id) AS settled,
                    EXISTS (SELECT FROM gplusck.compute_market_batch_voided WHERE batch_id = b.batch_id) AS voided
                FROM batch b
                CROSS JOIN LATERAL generate_series(b.above - 1, greatest(0, b.above - @size - 1), -1) AS p (position)
                ORDER BY b.block_number DESC, b.log_index DESC, p.position DESC LIMIT @size + 1
            )
            SELECT c.batch_id, c.position, c.job_id, v.cell_index, c.node_id, v.m::bigint AS m, v.n::bigint AS n,
                v.k::bigint AS k, c.tier AS energy_tier, c.block_number AS committed_at_block,
                CASE
                    WHEN v.outcome = 'wrong' THEN 'wrong'
                    WHEN c.voided THEN 'voided'
                    WHEN c.settled THEN 'settled'
                    WHEN v.outcome IS NOT NULL THEN 'verified'
                    ELSE 'committed'
                END AS state
            FROM cell c
            LEFT JOIN verify.cell v ON v.batch_id = c.batch_id AND v.position = c.position
            ORDER BY c.block_number DESC, c.log_index DESC, c.position DESC
            """;
        int size = PageSize.Of(limit);
        (BigInteger Batch, long Position)? cursor = Cursor(before);
        await using ChainSnapshot snapshot = await ChainSnapshot.OpenAsync(dataSource, cancellationToken);
        IReadOnlyList<CellRow> rows = await snapshot.ListAsync<CellRow>(
            Cells, new { size, batch = cursor?.Batch, position = cursor?.Position }, cancellationToken);
        CellEntry[] cells = [.. rows.Take(size).Select(row => row.ToEntry())];
        string? next = rows.Count > size ? $"{cells[^1].BatchId}.{cells[^1].Position}" : null;
        return TypedResults.Ok(new CellsAnswer(snapshot.AsOfBlock, cells, next));
    }

    private static (BigInteger Batch, long Position)? Cursor(string? before)
    {
        if (before is null)
        {
            return null;
        }

        string[] parts = before.Split('.');
        return parts.Length == 2 && before.Length <= 100
            && BigInteger.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out BigInteger batch)
            && uint.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out uint position)
                ? (batch, position)
                : throw new InvalidInputException("before is not a cursor: pass the next of an earlier answer.");
    }

    private sealed record CellRow(
        BigInteger BatchId, long Position, BigInteger JobId, long? CellIndex, long NodeId, long? M, long? N, long? K,
        long EnergyTier, long CommittedAtBlock, string State)
    {
        public CellEntry ToEntry() => new(
            BatchId, Position, JobId, CellIndex, NodeId, M, N, K, State,
            Names.Of((MeasurementTier)EnergyTier), CommittedAtBlock);
    }
}
