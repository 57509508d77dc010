using Gplusck.Chain;

namespace Gplusck.Indexer.Projections;

/// <summary>The projections there are.</summary>
internal static class ProjectionKinds
{
    private static readonly Dictionary<string, ProjectionKind> ByName = new()
    {
        [Erc20Balance.Name] = new([Erc20Balance.Suffix], Erc20Balance.Of),
        [Erc721Owner.Name] = new([Erc721Owner.Suffix], Erc721Owner.Of),
        [Erc1155Balance.Name] = new([Erc1155Balance.Suffix], Erc1155Balance.Of),
    };

    /// <summary>The names of the tables a contract's projections would take.</summary>
    /// <exception cref="InvalidInputException">There is no such projection.</exception>
    public static string[] TableNames(IndexedContract contract, string prefix) =>
        [.. contract.Projections.Distinct().SelectMany(name => Find(contract, name).Suffixes)
            .Select(suffix => $"{prefix}_{suffix}")];

    /// <summary>One projection of a contract.</summary>
    /// <exception cref="InvalidInputException">The contract lacks an event it needs.</exception>
    public static Projection Make(IndexedContract contract, string name, ProjectionSource source) =>
        Find(contract, name).Make(source);

    private static ProjectionKind Find(IndexedContract contract, string name) =>
        ByName.TryGetValue(name, out ProjectionKind? kind)
            ? kind
            : throw new InvalidInputException(
                $"Contract {contract.Name}: there is no projection \"{name}\"; "
                + $"there are {string.Join(", ", ByName.Keys)}.");
}
