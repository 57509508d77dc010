using Gplusck.Chain.Bindings;
using Gplusck.Chain.Primitives;

namespace Gplusck.GpuVerify.Disputes;

/// <summary>One leaf, or the leaves of a row, with their paths in JSON.</summary>
/// <param name="Data">The bytes, 0x hex.</param>
/// <param name="Siblings">From the leaf's neighbour up, leaf after leaf.</param>
public sealed record EvidenceOpening(string Data, IReadOnlyList<Hash32> Siblings)
{
    internal static EvidenceOpening Of(Opening opening) => new(Hex.ToHex(opening.Data), opening.Siblings);
}
