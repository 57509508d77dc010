using Gplusck.Chain.Primitives;
using Gplusck.Compute.Operator;
using Gplusck.Host.Endpoints;

namespace Gplusck.Host.Devnet;

/// <summary>What an operator serves over HTTP: it takes cells, and shows what it committed.</summary>
internal static class OperatorEndpoints
{
    private const string Binary = "application/octet-stream";

    /// <summary>Maps the three routes of <paramref name="agent"/> below <paramref name="path"/>.</summary>
    public static void Map(IEndpointRouteBuilder routes, string path, OperatorAgent agent)
    {
        RouteGroupBuilder group = routes.MapGroup(path).ExcludeFromDescription();
        group.MapPost("/cells", (HttpContext context, CancellationToken token) => TakeCellAsync(agent, context, token));
        group.MapGet("/objects/{root}", async (string root, CancellationToken token) =>
            Hash32.TryParse(root, out Hash32 hash) && await agent.OpenObjectAsync(hash, token) is Stream content
                ? Results.Stream(content, Binary, enableRangeProcessing: true)
                : Problems.NotFound($"This operator has nothing under {root}."));
        group.MapGet("/batches/{root}", async (string root, CancellationToken token) =>
            Hash32.TryParse(root, out Hash32 hash) && await agent.FindBatchAsync(hash, token) is byte[] document
                ? Results.Bytes(document, "application/json")
                : Problems.NotFound($"This operator has committed no batch {root}."));
        group.MapGet("/status", () => agent.Status);
    }

    private static async Task<IResult> TakeCellAsync(OperatorAgent agent, HttpContext context, CancellationToken token)
    {
        using MemoryStream answer = new();
        await agent.HandleCellAsync(context.Request.Body, answer, token);
        return Results.Bytes(answer.ToArray(), Binary);
    }
}
