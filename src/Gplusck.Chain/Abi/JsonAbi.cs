using System.Text.Json;

namespace Gplusck.Chain.Abi;

/// <summary>Reads the parts that entries of a JSON ABI are made of.</summary>
internal static class JsonAbi
{
    public static string Text(JsonElement entry, string key) => OptionalText(entry, key)
        ?? throw new AbiException($"An entry of the ABI has no text \"{key}\".");

    public static string? OptionalText(JsonElement entry, string key) =>
        Find(entry, key, JsonValueKind.String)?.GetString();

    public static bool Flag(JsonElement entry, string key) => Find(entry, key, JsonValueKind.True) is not null;

    public static AbiParameter[] Parameters(JsonElement entry, string key, int depthLeft = AbiType.DepthMax) =>
        Find(entry, key, JsonValueKind.Array) is { } list
            ? [.. list.EnumerateArray().Select(parameter => new AbiParameter(
                OptionalText(parameter, "name") ?? string.Empty,
                AbiTypeParser.FromJson(parameter, depthLeft),
                Flag(parameter, "indexed"),
                OptionalText(parameter, "internalType")))]
            : [];

    private static JsonElement? Find(JsonElement entry, string key, JsonValueKind kind) =>
        entry.ValueKind == JsonValueKind.Object
        && entry.TryGetProperty(key, out JsonElement value)
        && value.ValueKind == kind
            ? value
            : null;
}
