using Gplusck.Chain;
using Gplusck.Database;
using Gplusck.Host.Endpoints.Answers;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Gplusck.Host.Endpoints;

/// <summary>Whether the process lives, and whether it can serve.</summary>
internal static class HealthEndpoints
{
    private const int BlocksBehindMost = 20;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health", () => TypedResults.Text("live")).WithTags("health").WithSummary("The process lives");
        routes.MapGet("/ready", GetReadyAsync).WithTags("health")
            .WithSummary("The database answers and the tables are at most 20 blocks behind the chain");
    }

    public static async Task<Results<Ok<ReadinessAnswer>, JsonHttpResult<ReadinessAnswer>>> GetReadyAsync(
        NpgsqlDataSource dataSource, ApiContext context, CancellationToken cancellationToken)
    {
        ReadinessAnswer answer = await ReadinessAsync(dataSource, context, cancellationToken);
        return answer.Ready
            ? TypedResults.Ok(answer)
            : TypedResults.Json(answer, statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    public static async Task<ReadinessAnswer> ReadinessAsync(
        NpgsqlDataSource dataSource, ApiContext context, CancellationToken cancellationToken)
    {
        try
        {
            await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
            long? indexed = await connection.QuerySingleOrDefaultAsync<long?>(
                "SELECT block_number FROM gplusck.checkpoint", null, cancellationToken);
            long head = await context.HeadBlockAsync(cancellationToken);
            bool ready = indexed is not null && head - indexed <= BlocksBehindMost;
            return new ReadinessAnswer(
                ready, indexed, head,
                ready ? null : $"The tables are more than {BlocksBehindMost} blocks behind the chain.");
        }
        catch (PostgresException error) when (error.SqlState is
            PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName)
        {
            return new ReadinessAnswer(false, null, null, "The chain has not been indexed yet.");
        }
        catch (NpgsqlException)
        {
            return new ReadinessAnswer(false, null, null, "The database does not answer.");
        }
        catch (RetryableException error)
        {
            return new ReadinessAnswer(false, null, null, error.Message);
        }
    }
}
