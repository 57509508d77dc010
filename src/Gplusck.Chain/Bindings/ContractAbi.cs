using System.Collections.Concurrent;
using System.Reflection;
using Gplusck.Chain.Abi;

namespace Gplusck.Chain.Bindings;

/// <summary>The JSON ABIs that the bindings were generated from.</summary>
public static class ContractAbi
{
    private const string Prefix = "Gplusck.Chain.Bindings.Abi.";
    private const string Suffix = ".json";

    private static readonly Assembly Assembly = typeof(ContractAbi).Assembly;
    private static readonly ConcurrentDictionary<string, AbiContract> Parsed = new(StringComparer.Ordinal);

    /// <summary>Names of the bound contracts, in alphabetical order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Assembly.GetManifestResourceNames()
        .Where(resource => resource.StartsWith(Prefix, StringComparison.Ordinal))
        .Select(resource => resource[Prefix.Length..^Suffix.Length])
        .Order(StringComparer.Ordinal)];

    /// <summary>The ABI of one contract as a JSON array.</summary>
    /// <exception cref="InvalidInputException">No bound contract has this name.</exception>
    public static string Json(string name)
    {
        using Stream? resource = Assembly.GetManifestResourceStream($"{Prefix}{name}{Suffix}");
        if (resource is null)
        {
            throw new InvalidInputException(
                $"\"{name}\" is not a bound contract; these are: {string.Join(", ", Names)}.");
        }

        using StreamReader reader = new(resource);
        return reader.ReadToEnd();
    }

    /// <summary>The ABI of one contract, parsed once.</summary>
    /// <inheritdoc cref="Json" path="/exception"/>
    public static AbiContract Parse(string name) => Parsed.GetOrAdd(name, static name => AbiContract.Parse(Json(name)));
}
