using System.Text.Json;

namespace Gplusck.Indexer.Tests.Simulation.Node;

/// <summary>One call of a request.</summary>
internal sealed record RpcCall(string Id, string Method, JsonElement Arguments)
{
    /// <summary>Method and arguments: the same for the same question.</summary>
    public string Question => $"{Method}{Arguments.GetRawText()}";

    public static RpcCall[] ReadAll(string body, out bool isBatch)
    {
        JsonElement request = JsonElement.Parse(body);
        isBatch = request.ValueKind == JsonValueKind.Array;
        return isBatch ? [.. request.EnumerateArray().Select(Read)] : [Read(request)];
    }

    private static RpcCall Read(JsonElement call) => new(
        call.GetProperty("id").GetRawText(), call.GetProperty("method").GetString()!, call.GetProperty("params"));
}
