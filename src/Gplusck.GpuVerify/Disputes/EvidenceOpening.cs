using Gplusck.Chain.Bindings;
using Gplusck.Chain.Primitives;

namespace Gplusck.GpuVerify.Disputes;

/// <summary>A leaf and its path in JSON.</summary>
/// <param name="Data">The leaf's bytes, 0x hex.</param>
/// <param name="Siblings">From the leaf's neighbour up.</param>
public sealed record EvidenceOpening(string Data, IReadOnlyList<Hash32> Siblings)
{
    internal static EvidenceOpening Of(Opening opening) => new(Hex.ToHex(opening.Data), opening.Siblings);
}
