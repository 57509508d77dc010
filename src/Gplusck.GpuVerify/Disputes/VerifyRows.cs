using System.Globalization;
using System.Numerics;
using Gplusck.Chain.Primitives;
using Gplusck.Database;
using Npgsql;

namespace Gplusck.GpuVerify.Disputes;

/// <summary>What a verifier reads of the index and writes about a batch.</summary>
internal sealed class VerifyRows(NpgsqlDataSource dataSource, TimeProvider time)
{
    /// <summary>The batch, its node and its job as indexed; null while one of them or the block after it is
    /// not.</summary>
    public async Task<CommittedBatch?> FindCommittedAsync(BigInteger batchId, CancellationToken cancellationToken)
    {
        const string Select = """
            SELECT c.batch_id AS BatchId, c.node_id AS NodeId, c.cells_root AS CellsRoot, c.cells::integer AS Cells,
                coalesce(e.endpoint, n.endpoint) AS Endpoint, n.operator AS Operator, j.requester AS Requester,
                b.hash AS Beacon
            FROM gplusck.compute_market_batch_committed c
            JOIN gplusck.block b ON b.number = c.block_number + 1
            JOIN gplusck.compute_market_job_posted j ON j.job_id = c.job_id
            JOIN gplusck.node_registry_node_registered n ON n.node_id = c.node_id
            LEFT JOIN LATERAL (
                SELECT endpoint FROM gplusck.node_registry_endpoint_changed
                WHERE node_id = c.node_id
                ORDER BY block_number DESC, log_index DESC
                LIMIT 1
            ) e ON true
            WHERE c.batch_id = @batchId
            """;
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<CommittedBatch>(Select, new { batchId }, cancellationToken);
    }

    /// <summary>Whether the batch was screened to the end with this root.</summary>
    public async Task<bool> IsFinishedAsync(CommittedBatch batch, CancellationToken cancellationToken)
    {
        const string Select = """
            SELECT EXISTS (
                SELECT FROM verify.batch
                WHERE batch_id = @BatchId AND cells_root = @CellsRoot AND state IN ('verified', 'faulty')
            )
            """;
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleAsync<bool>(Select, batch, cancellationToken);
    }

    /// <summary>Notes why a batch could not be screened to the end.</summary>
    public async Task WriteOpenAsync(
        CommittedBatch batch, string state, string detail, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await UpsertAsync(connection, null, batch, state, detail, cancellationToken);
    }

    /// <summary>Takes the batch's row for a final state; false when another run had finished this root
    /// before.</summary>
    public Task<bool> TryFinishAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        CommittedBatch batch,
        string state,
        CancellationToken cancellationToken) =>
        UpsertAsync(connection, transaction, batch, state, null, cancellationToken);

    /// <summary>Writes the cells, in place of those of a root that a reorg took away.</summary>
    public static async Task WriteCellsAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        BigInteger batchId,
        IReadOnlyList<ScreenedCell> cells,
        CancellationToken cancellationToken)
    {
        const string Replace = """
            DELETE FROM verify.cell WHERE batch_id = @batchId;
            INSERT INTO verify.cell (batch_id, position, job_id, cell_index, m, n, k, outcome, backend, elapsed_us)
            SELECT @batchId, c.position, c.job_id, c.cell_index, c.m, c.n, c.k, c.outcome, c.backend, c.elapsed_us
            FROM unnest(@positions, @jobIds, @cellIndexes, @ms, @ns, @ks, @outcomes, @backends, @elapsedUs)
                AS c(position, job_id, cell_index, m, n, k, outcome, backend, elapsed_us)
            """;
        object values = new
        {
            batchId,
            positions = cells.Select(cell => cell.Position).ToArray(),
            jobIds = cells.Select(cell => cell.Commitment.JobId).ToArray(),
            cellIndexes = cells.Select(cell => (long)cell.Commitment.CellIndex).ToArray(),
            ms = cells.Select(cell => cell.Commitment.Shape.M).ToArray(),
            ns = cells.Select(cell => cell.Commitment.Shape.N).ToArray(),
            ks = cells.Select(cell => cell.Commitment.Shape.K).ToArray(),
            outcomes = cells.Select(cell => cell.Outcome.ToString().ToLower(CultureInfo.InvariantCulture)).ToArray(),
            backends = cells.Select(cell => cell.Backend).ToArray(),
            elapsedUs = cells.Select(cell => cell.ElapsedMicroseconds).ToArray(),
        };
        await connection.ExecuteAsync(Replace, values, cancellationToken, transaction);
    }

    /// <summary>The root that an earlier accusation of this batch id was about; null when there was none.</summary>
    public static async Task<Hash32?> AccusedRootAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        BigInteger batchId,
        CancellationToken cancellationToken)
    {
        const string Select = "SELECT proof ->> 'cellsRoot' FROM verify.fault WHERE batch_id = @batchId";
        string? root = await connection.QuerySingleOrDefaultAsync<string>(
            Select, new { batchId }, cancellationToken, transaction);
        return root is null ? null : Hash32.Parse(root);
    }

    /// <summary>Writes the fault with its evidence, in place of one about a root that a reorg took away.</summary>
    public Task WriteFaultAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        FaultEvidence evidence,
        string? outboxKey,
        CancellationToken cancellationToken)
    {
        const string Replace = """
            DELETE FROM verify.fault WHERE batch_id = @batchId;
            INSERT INTO verify.fault (batch_id, position, row_index, column_index, claimed, actual, proof, state,
                outbox_key, located_at)
            VALUES (@batchId, @position, @row, @column, @claimed, @actual, @proof::jsonb,
                CASE WHEN @outboxKey::text IS NULL THEN 'located' ELSE 'sent' END, @outboxKey, @now)
            """;
        object values = new
        {
            batchId = BigInteger.Parse(evidence.BatchId, CultureInfo.InvariantCulture),
            position = (int)evidence.Proof.Position,
            row = (int)evidence.Proof.Row,
            column = (int)evidence.Proof.Column,
            claimed = evidence.Claimed,
            actual = evidence.Actual,
            proof = evidence.ToJson(),
            outboxKey,
            now = time.GetUtcNow(),
        };
        return connection.ExecuteAsync(Replace, values, cancellationToken, transaction);
    }

    private async Task<bool> UpsertAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction? transaction,
        CommittedBatch batch,
        string state,
        string? detail,
        CancellationToken cancellationToken)
    {
        const string Upsert = """
            INSERT INTO verify.batch AS v
                (batch_id, node_id, cells_root, cells, state, detail, attempts, found_at, screened_at)
            VALUES (@BatchId, @NodeId, @CellsRoot, @Cells, @state, @detail, 1, @now, @now)
            ON CONFLICT (batch_id) DO UPDATE
            SET node_id = excluded.node_id, cells_root = excluded.cells_root, cells = excluded.cells,
                state = excluded.state, detail = excluded.detail, attempts = v.attempts + 1,
                screened_at = excluded.screened_at
            WHERE v.state NOT IN ('verified', 'faulty') OR v.cells_root <> excluded.cells_root
            """;
        object values = new
        {
            batch.BatchId, batch.NodeId, batch.CellsRoot, batch.Cells, state, detail, now = time.GetUtcNow(),
        };
        return await connection.ExecuteAsync(Upsert, values, cancellationToken, transaction) == 1;
    }
}
