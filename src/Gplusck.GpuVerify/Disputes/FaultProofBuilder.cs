using System.Numerics;
using Gplusck.Chain.Bindings;
using Gplusck.GpuVerify.Cells;
using Gplusck.GpuVerify.Commitments;
using Gplusck.GpuVerify.Screening;
using CellCommitment = Gplusck.GpuVerify.Cells.CellCommitment;
using OnChainCell = Gplusck.Chain.Bindings.CellCommitment;

namespace Gplusck.GpuVerify.Disputes;

/// <summary>Opens one row, one column and one element of a cell for the court.</summary>
internal static class FaultProofBuilder
{
    /// <summary>The proof that <c>MicrocellCourt.prove</c> takes.</summary>
    /// <param name="batchId">The batch.</param>
    /// <param name="cells">All its cells, in order.</param>
    /// <param name="position">Which of them.</param>
    /// <param name="matrices">That cell's data.</param>
    /// <param name="element">The element; a right one gives a proof that the court refuses.</param>
    public static FaultProof Build(
        BigInteger batchId,
        IReadOnlyList<CellCommitment> cells,
        int position,
        CellMatrices matrices,
        WrongElement element)
    {
        CellCommitment cell = cells[position];
        GemmShape shape = cell.Shape;
        OperandTree a = OperandTree.ForRows('A', shape.M, shape.K, matrices.A);
        OperandTree b = OperandTree.ForRows('B', shape.N, shape.K, matrices.Bt);
        OutputTree c = OutputTree.ForElements(shape.M, shape.N, matrices.C);
        return new FaultProof(
            batchId,
            (uint)position,
            (uint)element.Row,
            (uint)element.Column,
            new OnChainCell(
                cell.JobId, cell.CellIndex, cell.Op, (uint)shape.M, (uint)shape.N, (uint)shape.K,
                cell.RootA, cell.RootB, cell.RootC),
            BatchTree.ForCells(cells).Path(position),
            Join(a.OpenRow(element.Row, matrices.A)),
            Join(b.OpenRow(element.Column, matrices.Bt)),
            Open(c.OpenElement((element.Row * shape.N) + element.Column, matrices.C)));
    }

    private static Opening Open(LeafOpening leaf) => new(leaf.Data, leaf.Siblings);

    // A row longer than a leaf is opened chunk by chunk; the court takes the whole row and the paths one after another.
    private static Opening Join(IEnumerable<LeafOpening> chunks)
    {
        LeafOpening[] leaves = [.. chunks];
        return new Opening(
            [.. leaves.SelectMany(leaf => leaf.Data)], [.. leaves.SelectMany(leaf => leaf.Siblings)]);
    }
}
