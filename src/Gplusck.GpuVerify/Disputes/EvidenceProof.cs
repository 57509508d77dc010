using System.Globalization;
using Gplusck.Chain.Bindings;
using Gplusck.Chain.Primitives;

namespace Gplusck.GpuVerify.Disputes;

/// <summary>A <see cref="FaultProof"/> in JSON.</summary>
/// <param name="Position">Index of the cell in its batch's tree.</param>
/// <param name="Row">Row of A and of C.</param>
/// <param name="Column">Row of Bt and column of C.</param>
/// <param name="Cell">The cell's commitment.</param>
/// <param name="CellSiblings">Its path to the batch's root.</param>
/// <param name="A">The row of A; where it has several leaves, their paths follow each other.</param>
/// <param name="B">The row of Bt, likewise.</param>
/// <param name="C">The leaf of C that holds the element.</param>
public sealed record EvidenceProof(
    uint Position,
    uint Row,
    uint Column,
    EvidenceCell Cell,
    IReadOnlyList<Hash32> CellSiblings,
    EvidenceOpening A,
    EvidenceOpening B,
    EvidenceOpening C)
{
    internal static EvidenceProof Of(FaultProof proof) => new(
        proof.Position,
        proof.Row,
        proof.Column,
        new EvidenceCell(
            proof.Cell.JobId.ToString(CultureInfo.InvariantCulture),
            proof.Cell.CellIndex,
            proof.Cell.Op,
            proof.Cell.M,
            proof.Cell.N,
            proof.Cell.K,
            proof.Cell.RootA,
            proof.Cell.RootB,
            proof.Cell.RootC),
        proof.CellSiblings,
        EvidenceOpening.Of(proof.A),
        EvidenceOpening.Of(proof.B),
        EvidenceOpening.Of(proof.C));
}
