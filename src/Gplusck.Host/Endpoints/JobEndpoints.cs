using System.Numerics;
using Gplusck.Host.Endpoints.Answers;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Gplusck.Host.Endpoints;

/// <summary>Jobs and what their training has come to.</summary>
internal static class JobEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/jobs", ListAsync).WithTags("jobs").WithSummary("Jobs, newest first")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        api.MapGet("/jobs/{id}/progress", ProgressAsync).WithTags("jobs")
            .WithSummary("What the requester of a job has published, the newest 500 reports in ascending order")
            .ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/training", TrainingAsync).WithTags("jobs")
            .WithSummary("Reports of all jobs, the newest 500 in ascending order");
    }

    public static async Task<Ok<JobsAnswer>> ListAsync(
        int? limit, NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        const string Jobs = """
            SELECT p.job_id, p.requester, p.cells, coalesce(c.cells, 0)::bigint AS cells_committed,
                coalesce(s.cells, 0)::bigint AS cells_settled, p.fee_per_cell AS fee_per_cell_wei,
                p.deadline::bigint AS deadline,
                g.step::bigint AS step, g.loss_micro::bigint AS loss_micro, g.model_root, d.job_id IS NOT NULL AS closed
            FROM (
                SELECT * FROM gplusck.compute_market_job_posted
                ORDER BY block_number DESC, log_index DESC LIMIT @limit) p
            LEFT JOIN (
                SELECT job_id, sum(cells) AS cells
                FROM gplusck.compute_market_batch_committed GROUP BY job_id) c USING (job_id)
            LEFT JOIN (
                SELECT b.job_id, sum(b.cells) AS cells
                FROM gplusck.compute_market_batch_settled JOIN gplusck.compute_market_batch_committed b USING (batch_id)
                GROUP BY b.job_id) s USING (job_id)
            LEFT JOIN (
                SELECT DISTINCT ON (job_id) job_id, step, loss_micro, model_root
                FROM gplusck.compute_market_job_progressed
                ORDER BY job_id, block_number DESC, log_index DESC) g USING (job_id)
            LEFT JOIN gplusck.compute_market_job_closed d USING (job_id)
            ORDER BY p.block_number DESC, p.log_index DESC
            """;
        int size = PageSize.Of(limit);
        await using ChainSnapshot snapshot = await ChainSnapshot.OpenAsync(dataSource, cancellationToken);
        return TypedResults.Ok(new JobsAnswer(
            snapshot.AsOfBlock, await snapshot.ListAsync<JobEntry>(Jobs, new { limit = size }, cancellationToken)));
    }

    public static async Task<Results<Ok<TrainingAnswer>, ProblemHttpResult>> ProgressAsync(
        BigInteger id, NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        const string Find = "SELECT count(*) FROM gplusck.compute_market_job_posted WHERE job_id = @id";
        await using ChainSnapshot snapshot = await ChainSnapshot.OpenAsync(dataSource, cancellationToken);
        if (await snapshot.OneAsync<long>(Find, new { id }, cancellationToken) == 0)
        {
            return Problems.NotFound($"There is no job {id}.");
        }

        return TypedResults.Ok(
            new TrainingAnswer(snapshot.AsOfBlock, await PointsAsync(snapshot, id, cancellationToken)));
    }

    public static async Task<Ok<TrainingAnswer>> TrainingAsync(
        NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        await using ChainSnapshot snapshot = await ChainSnapshot.OpenAsync(dataSource, cancellationToken);
        return TypedResults.Ok(
            new TrainingAnswer(snapshot.AsOfBlock, await PointsAsync(snapshot, null, cancellationToken)));
    }

    private static Task<IReadOnlyList<TrainingPoint>> PointsAsync(
        ChainSnapshot snapshot, BigInteger? jobId, CancellationToken cancellationToken)
    {
        const string Points = """
            SELECT job_id, step::bigint AS step, loss_micro::bigint AS loss_micro, model_root, block_number, timestamp
            FROM (
                SELECT * FROM gplusck.compute_market_job_progressed
                WHERE @jobId::numeric IS NULL OR job_id = @jobId
                ORDER BY block_number DESC, log_index DESC LIMIT @most) newest
            JOIN gplusck.block ON number = block_number
            ORDER BY block_number, log_index
            """;
        return snapshot.ListAsync<TrainingPoint>(Points, new { jobId, most = PageSize.Most }, cancellationToken);
    }
}
