namespace Gplusck.Testing;

/// <summary>Writes what a verifier found of a batch, as Gplusck.GpuVerify would.</summary>
public static class VerifiedBatches
{
    /// <summary>Adds a judged batch with one cell for each outcome.</summary>
    public static Task AddAsync(
        ChainTables tables, long batchId, string[] outcomes, int m, int n, int k, CancellationToken cancellationToken)
    {
        const string Insert = """
            INSERT INTO verify.batch (batch_id, node_id, cells_root, state, cells, found_at)
            SELECT b.batch_id, b.node_id, b.cells_root, @state, @cells, now()
            FROM gplusck.compute_market_batch_committed b WHERE b.batch_id = @batchId;
            INSERT INTO verify.cell (batch_id, position, job_id, cell_index, m, n, k, outcome, backend, elapsed_us)
            SELECT @batchId, o.ordinal - 1, 1, o.ordinal + 99, @m, @n, @k, o.outcome, 'scalar', 5
            FROM unnest(@outcomes) WITH ORDINALITY AS o (outcome, ordinal)
            """;
        string state = outcomes.Contains("wrong") ? "faulty" : "verified";
        return tables.ExecuteAsync(
            Insert, new { batchId, state, cells = outcomes.Length, outcomes, m, n, k }, cancellationToken);
    }

    /// <summary>Adds the evidence of a faulty batch.</summary>
    public static Task AddFaultAsync(
        ChainTables tables, long batchId, string proof, CancellationToken cancellationToken) =>
        tables.ExecuteAsync(
            """
            INSERT INTO verify.fault (
                batch_id, position, row_index, column_index, claimed, actual, proof, state, fault_id, located_at)
            VALUES (@batchId, 1, 3, 2, -7, 12, @proof::jsonb, 'proved', 1, now())
            """,
            new { batchId, proof },
            cancellationToken);
}
