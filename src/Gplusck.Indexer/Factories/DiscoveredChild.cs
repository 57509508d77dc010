using Gplusck.Chain.Primitives;

namespace Gplusck.Indexer.Factories;

/// <summary>A contract that an event announced.</summary>
internal readonly record struct DiscoveredChild(
    IndexedContract Contract, Address Address, long BlockNumber, int LogIndex);
