using Gplusck.Chain.Primitives;

namespace Gplusck.GpuVerify.Disputes;

/// <summary>What recomputing a fault from its evidence gave.</summary>
/// <param name="BatchId">The batch, decimal.</param>
/// <param name="CellsRoot">The batch's root in the evidence; it counts only if the chain has the same.</param>
/// <param name="Claimed">The committed element; null when its opening is invalid.</param>
/// <param name="Actual">The dot product of the opened rows; null when an opening is invalid.</param>
/// <param name="Differences">What does not hold, one sentence each; empty when the fault is proven.</param>
public sealed record FaultFinding(
    string BatchId, Hash32 CellsRoot, int? Claimed, int? Actual, IReadOnlyList<string> Differences)
{
    /// <summary>Whether the evidence proves a wrong element, given the root.</summary>
    public bool Holds => Differences.Count == 0;
}
