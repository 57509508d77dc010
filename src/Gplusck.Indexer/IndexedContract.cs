using Gplusck.Chain.Abi;
using Gplusck.Chain.Primitives;

namespace Gplusck.Indexer;

/// <summary>One contract of a manifest.</summary>
/// <param name="Name">Becomes the first part of its tables' names, in snake_case.</param>
/// <param name="Address">Where it is; null when its addresses are discovered, see <see cref="Factory"/>.</param>
/// <param name="StartBlock">First block whose logs are read; the block of its deployment, or earlier.</param>
/// <param name="Abi">Its events become tables.</param>
/// <param name="Projections">Tables derived from the events; see docs/indexer.md for the names.</param>
/// <param name="Events">Names of the events to mirror; null means all.</param>
public sealed record IndexedContract(
    string Name,
    Address? Address,
    long StartBlock,
    AbiContract Abi,
    IReadOnlyList<string> Projections,
    IReadOnlyList<string>? Events = null)
{
    /// <summary>The event that announces each contract of this kind; null when the address is known.</summary>
    public ContractFactory? Factory { get; init; }

    /// <summary>Whether it stands for every contract that an event announces.</summary>
    internal bool IsFactoryMade => Factory is not null;

    /// <summary>Its address, or what announces its addresses.</summary>
    internal string Place => Factory is null ? $"{Address}" : $"{Factory.Contract}.{Factory.Event}.{Factory.Parameter}";
}
