using System.Text.Json;

namespace Gplusck.Chain.Abi;

/// <summary>What a contract offers: its functions, events and errors.</summary>
public sealed class AbiContract
{
    private AbiContract(
        IReadOnlyList<AbiFunction> functions, IReadOnlyList<AbiEvent> events, IReadOnlyList<AbiError> errors)
    {
        Functions = functions;
        Events = events;
        Errors = errors;
    }

    /// <summary>Its functions, overloads included, in the order of the ABI.</summary>
    public IReadOnlyList<AbiFunction> Functions { get; }

    /// <summary>Its events, overloads included, in the order of the ABI.</summary>
    public IReadOnlyList<AbiEvent> Events { get; }

    /// <summary>Its custom errors, in the order of the ABI.</summary>
    public IReadOnlyList<AbiError> Errors { get; }

    /// <summary>Reads a JSON ABI: the array itself, or a compiler's artifact with the array under <c>abi</c>.</summary>
    /// <exception cref="AbiException">Not JSON, not an ABI, or a type no contract can have.</exception>
    public static AbiContract Parse(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return FromJson(document.RootElement);
        }
        catch (JsonException exception)
        {
            throw new AbiException("The ABI is not JSON.", exception);
        }
    }

    /// <inheritdoc cref="Parse"/>
    public static AbiContract FromJson(JsonElement json)
    {
        bool isArtifact = json.ValueKind == JsonValueKind.Object && json.TryGetProperty("abi", out _);
        JsonElement list = isArtifact ? json.GetProperty("abi") : json;
        if (list.ValueKind != JsonValueKind.Array)
        {
            throw new AbiException("An ABI is a JSON array, or an object with one under \"abi\".");
        }

        ILookup<string, JsonElement> entries = list.EnumerateArray()
            .ToLookup(entry => JsonAbi.OptionalText(entry, "type") ?? "function", StringComparer.Ordinal);
        return new AbiContract(
            [.. entries["function"].Select(AbiFunction.FromJson)],
            [.. entries["event"].Select(AbiEvent.FromJson)],
            [.. entries["error"].Select(AbiError.FromJson)]);
    }
}
