using Microsoft.AspNetCore.Http.HttpResults;

namespace Gplusck.Host.Endpoints;

/// <summary>Answers that say why there is no other (RFC 9457).</summary>
internal static class Problems
{
    public static ProblemHttpResult NotFound(string detail) =>
        TypedResults.Problem(detail, statusCode: StatusCodes.Status404NotFound);
}
