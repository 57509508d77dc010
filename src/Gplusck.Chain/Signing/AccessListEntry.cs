using Gplusck.Chain.Primitives;

namespace Gplusck.Chain.Signing;

/// <summary>A contract and those of its slots that a transaction announces to touch (EIP-2930).</summary>
/// <param name="Address">The contract.</param>
/// <param name="StorageKeys">Its slots.</param>
public sealed record AccessListEntry(Address Address, IReadOnlyList<Hash32> StorageKeys);
