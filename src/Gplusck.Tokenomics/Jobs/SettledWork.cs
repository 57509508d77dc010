using System.Numerics;
using Gplusck.Chain.Bindings;
using Gplusck.Chain.Primitives;
using Gplusck.Database;
using Gplusck.Tokenomics.Rules;
using Npgsql;

namespace Gplusck.Tokenomics.Jobs;

/// <summary>What was settled in a stretch of time, and what a verifier made of it.</summary>
internal static class SettledWork
{
    /// <summary>Batches settled in [from, to) of chain time, ascending by id.</summary>
    /// <returns>The batches, and how many of them no verifier has judged.</returns>
    /// <remarks>
    /// Only cells that a verifier found correct and ordered by the requester count, and none of a batch with a wrong
    /// one. The factor is that of the set in force when the batch settled, the source the one the node registered with.
    /// </remarks>
    public static async Task<(IReadOnlyList<BatchWork> Batches, int Unjudged)> ReadAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, long from, long to,
        CancellationToken cancellationToken)
    {
        const string Settled = """
            SELECT s.batch_id, s.node_id, r.operator, r.source, s.block_number AS settled_at_block, c.cells,
                coalesce(f.version, 0) AS factor_version, coalesce(f.grams, 0)::bigint AS grams_per_kwh,
                w.correct AS cells_correct, w.work AS multiply_accumulates, s.burned AS burned_wei,
                v.batch_id IS NOT NULL AS judged
            FROM gplusck.block b
            JOIN gplusck.compute_market_batch_settled s ON s.block_number = b.number
            JOIN gplusck.compute_market_batch_committed c ON c.batch_id = s.batch_id
            JOIN gplusck.node_registry_node_registered r ON r.node_id = s.node_id
            LEFT JOIN verify.batch v ON v.batch_id = s.batch_id AND v.cells_root = c.cells_root AND v.state <> 'found'
            CROSS JOIN LATERAL (
                SELECT count(*) AS correct, coalesce(sum(x.m::numeric * x.n * x.k), 0) AS work
                FROM verify.cell x
                WHERE x.batch_id = v.batch_id AND v.state = 'verified' AND x.outcome = 'correct') w
            LEFT JOIN LATERAL (
                SELECT a.version, (a.grams_per_kwh ->> r.source::integer)::numeric AS grams
                FROM gplusck.emission_factors_factor_set_added a
                WHERE (a.block_number, a.log_index) < (s.block_number, s.log_index)
                ORDER BY a.block_number DESC, a.log_index DESC LIMIT 1) f ON true
            WHERE b.timestamp >= @from AND b.timestamp < @to
            ORDER BY s.batch_id
            """;
        IReadOnlyList<Row> rows =
            await connection.QueryAsync<Row>(Settled, new { from, to }, cancellationToken, transaction);
        return ([.. rows.Select(row => row.ToWork())], rows.Count(row => !row.Judged));
    }

    private sealed record Row(
        BigInteger BatchId, long NodeId, Address Operator, long Source, long SettledAtBlock, long Cells,
        long FactorVersion, long GramsPerKwh, long CellsCorrect, BigInteger MultiplyAccumulates, BigInteger BurnedWei,
        bool Judged)
    {
        public BatchWork ToWork() => new(
            BatchId, NodeId, Operator, (EnergySource)Source, (int)FactorVersion, (uint)GramsPerKwh, Cells, CellsCorrect,
            MultiplyAccumulates, BurnedWei, SettledAtBlock);
    }
}
