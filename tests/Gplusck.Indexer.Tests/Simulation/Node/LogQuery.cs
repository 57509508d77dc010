using System.Text.Json;
using Gplusck.Indexer.Tests.Simulation.World;

namespace Gplusck.Indexer.Tests.Simulation.Node;

/// <summary>The filter of eth_getLogs.</summary>
internal sealed class LogQuery(JsonElement filter)
{
    private readonly string[]? _addresses = Choice(filter, "address");
    private readonly string[]?[] _topics = filter.TryGetProperty("topics", out JsonElement topics)
        ? [.. topics.EnumerateArray().Select(Choice)]
        : [];

    public bool Matches(FakeLog log) =>
        _addresses?.Contains(log.Address) != false
        && _topics.Length <= log.Topics.Length
        && _topics.Zip(log.Topics).All(pair => pair.First?.Contains(pair.Second) != false);

    private static string[]? Choice(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out JsonElement value) ? Choice(value) : null;

    private static string[]? Choice(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!.ToLowerInvariant()],
        JsonValueKind.Array when value.GetArrayLength() > 0 =>
            [.. value.EnumerateArray().Select(item => item.GetString()!.ToLowerInvariant())],
        _ => null,
    };
}
