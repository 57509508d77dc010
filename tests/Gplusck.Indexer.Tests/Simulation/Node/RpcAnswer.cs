using System.Text.Json;

namespace Gplusck.Indexer.Tests.Simulation.Node;

/// <summary>What a node says to one call: a result in JSON, or an error.</summary>
internal sealed record RpcAnswer(string? Result, int Code = 0, string Message = "")
{
    public static readonly RpcAnswer Null = new("null");

    public static RpcAnswer Error(int code, string message) => new(null, code, message);

    public string Json(string id) => Result is null
        ? $$"""{"jsonrpc":"2.0","id":{{id}},"error":{{ErrorJson}}}"""
        : $$"""{"jsonrpc":"2.0","id":{{id}},"result":{{Result}}}""";

    public string ErrorJson => $$"""{"code":{{Code}},"message":{{JsonSerializer.Serialize(Message)}}}""";
}
