using System.Text.Json;
using Gplusck.Chain;
using Gplusck.Chain.Abi;
using Gplusck.Chain.Primitives;

namespace Gplusck.Indexer.Manifests;

/// <summary>Reads the JSON form of a manifest.</summary>
internal static class ManifestReader
{
    private static readonly JsonDocumentOptions Options =
        new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private static readonly string[] ManifestKeys = ["schema", "contracts"];
    private static readonly string[] FactoryKeys = ["contract", "event", "parameter"];
    private static readonly string[] ContractKeys =
        ["name", "address", "factory", "startBlock", "abi", "events", "projections"];

    public static IndexManifest Read(string json, string folder)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, Options);
            JsonElement root = document.RootElement;
            RefuseUnknownKeys(root, ManifestKeys, "The manifest");
            JsonElement contracts = Member(
                root, "contracts", JsonValueKind.Array, "The manifest", "a list of contracts");
            return new IndexManifest(
                Text(root, "schema", "The manifest"),
                [.. contracts.EnumerateArray().Select((entry, index) => ReadContract(entry, index, folder))]);
        }
        catch (JsonException error)
        {
            throw new InvalidInputException(
                $"The manifest is not JSON: see line {error.LineNumber + 1}, column {error.BytePositionInLine + 1}.",
                error);
        }
    }

    private static IndexedContract ReadContract(JsonElement entry, int index, string folder)
    {
        string who = $"Contract {index + 1} of the manifest";
        RefuseUnknownKeys(entry, ContractKeys, who);
        string name = Text(entry, "name", who);
        who = $"Contract {name}";
        ContractFactory? factory = ReadFactory(entry, who);
        return new IndexedContract(
            name,
            factory is null ? ReadAddress(entry, who) : null,
            StartBlock(entry, who),
            ReadAbi(entry, folder, who),
            Texts(entry, "projections", who) ?? [],
            Texts(entry, "events", who))
        {
            Factory = factory,
        };
    }

    private static Address ReadAddress(JsonElement entry, string who)
    {
        string address = Text(entry, "address", who);
        return Address.TryParse(address, out Address parsed)
            ? parsed
            : throw new InvalidInputException($"{who}: \"{address}\" is no address, or its checksum is wrong.");
    }

    private static ContractFactory? ReadFactory(JsonElement entry, string who)
    {
        if (!entry.TryGetProperty("factory", out JsonElement factory))
        {
            return null;
        }

        if (entry.TryGetProperty("address", out _))
        {
            throw new InvalidInputException($"{who} has both an \"address\" and a \"factory\": give one of them.");
        }

        who += ", factory,";
        RefuseUnknownKeys(factory, FactoryKeys, who);
        return new ContractFactory(
            Text(factory, "contract", who), Text(factory, "event", who), Text(factory, "parameter", who));
    }

    private static long StartBlock(JsonElement entry, string who)
    {
        if (!entry.TryGetProperty("startBlock", out JsonElement value))
        {
            return 0;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long block)
            ? block
            : throw new InvalidInputException($"{who}: \"startBlock\" must be a whole number.");
    }

    private static AbiContract ReadAbi(JsonElement entry, string folder, string who)
    {
        if (!entry.TryGetProperty("abi", out JsonElement abi))
        {
            throw new InvalidInputException($"{who} has no \"abi\": give the ABI itself or the path of its file.");
        }

        try
        {
            return abi.ValueKind == JsonValueKind.String
                ? AbiContract.Parse(File.ReadAllText(Path.Combine(folder, abi.GetString()!)))
                : AbiContract.FromJson(abi);
        }
        catch (Exception error) when (error is AbiException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException($"{who}: its ABI cannot be used: {error.Message}", error);
        }
    }

    private static string Text(JsonElement owner, string key, string who) =>
        Member(owner, key, JsonValueKind.String, who, "a text").GetString()!;

    private static string[]? Texts(JsonElement owner, string key, string who)
    {
        if (!owner.TryGetProperty(key, out JsonElement list))
        {
            return null;
        }

        return list.ValueKind == JsonValueKind.Array
            && list.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
            ? [.. list.EnumerateArray().Select(item => item.GetString()!)]
            : throw new InvalidInputException($"{who}: \"{key}\" must be a list of names.");
    }

    private static JsonElement Member(JsonElement owner, string key, JsonValueKind kind, string who, string what) =>
        owner.TryGetProperty(key, out JsonElement value) && value.ValueKind == kind
            ? value
            : throw new InvalidInputException($"{who} has no \"{key}\", which must be {what}.");

    // A misspelt key would otherwise be a setting silently not applied.
    private static void RefuseUnknownKeys(JsonElement owner, string[] known, string who)
    {
        if (owner.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidInputException($"{who} must be a JSON object.");
        }

        foreach (JsonProperty property in owner.EnumerateObject())
        {
            if (!known.Contains(property.Name))
            {
                throw new InvalidInputException(
                    $"{who} has an unknown key \"{property.Name}\": known are {string.Join(", ", known)}.");
            }
        }
    }
}
