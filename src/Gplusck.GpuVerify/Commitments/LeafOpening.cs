using Gplusck.Chain.Primitives;

namespace Gplusck.GpuVerify.Commitments;

/// <summary>One leaf's bytes and the siblings that lead from it to the root.</summary>
/// <param name="Index">Position of the leaf in its tree.</param>
/// <param name="Data">The leaf's bytes, without tag and index.</param>
/// <param name="Siblings">From the leaf's neighbour up; empty when the tree is one leaf.</param>
public sealed record LeafOpening(int Index, byte[] Data, IReadOnlyList<Hash32> Siblings);
