using Gplusck.Chain;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace Gplusck.Host.Endpoints;

/// <summary>Turns errors into problem documents: the caller's mistakes into 400, what will pass into 503.</summary>
/// <remarks>Anything else stays a 500 without detail; the log has it.</remarks>
internal sealed class ProblemHandler(
    IProblemDetailsService problems, ILogger<ProblemHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(
        HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        (int status, string? detail) = exception switch
        {
            InvalidInputException => (StatusCodes.Status400BadRequest, exception.Message),
            BadHttpRequestException bad => (bad.StatusCode, bad.Message),
            PostgresException { SqlState: PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName } =>
                (StatusCodes.Status503ServiceUnavailable, "The chain has not been indexed yet."),
            RetryableException => (StatusCodes.Status503ServiceUnavailable, exception.Message),
            NpgsqlException { IsTransient: true } =>
                (StatusCodes.Status503ServiceUnavailable, "The database does not answer."),
            _ => (StatusCodes.Status500InternalServerError, null),
        };
        if (status == StatusCodes.Status500InternalServerError)
        {
            Log.RequestFailed(logger, exception, context.Request.Path);
        }

        context.Response.StatusCode = status;
        return await problems.TryWriteAsync(new ProblemDetailsContext
        {
            HttpContext = context,
            Exception = exception,
            ProblemDetails = new ProblemDetails { Status = status, Detail = detail },
        });
    }
}
