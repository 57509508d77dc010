using System.Numerics;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Signing;
using Gplusck.GpuVerify.Cells;
using Gplusck.GpuVerify.Commitments;
using Gplusck.GpuVerify.Disputes;
using Gplusck.GpuVerify.Screening;

namespace Gplusck.GpuVerify.Tests.Disputes;

/// <summary>Cells as an operator would commit and serve them.</summary>
internal sealed class TestBatch
{
    private TestBatch(IReadOnlyList<AssignedCell> cells, IReadOnlyList<RandomCell> data)
    {
        Cells = cells;
        Data = data;
        Root = BatchTree.ForCells(Commitments).Root;
    }

    public IReadOnlyList<AssignedCell> Cells { get; }

    public IReadOnlyList<RandomCell> Data { get; }

    public Hash32 Root { get; }

    public CellCommitment[] Commitments => [.. Cells.Select(cell => cell.Commitment)];

    /// <summary>A batch of random cells; what they hold follows from their position.</summary>
    public static TestBatch Of(
        IReadOnlyList<RandomCell> data, BigInteger jobId, Address @operator, Func<CellAssignment, byte[]> sign)
    {
        List<AssignedCell> cells = [];
        foreach (RandomCell cell in data)
        {
            GemmShape shape = cell.Shape;
            CellCommitment commitment = new(
                jobId,
                (uint)cells.Count,
                CellCommitment.GemmS8,
                shape,
                OperandTree.ForRows('A', shape.M, shape.K, cell.A).Root,
                OperandTree.ForRows('B', shape.N, shape.K, cell.Bt).Root,
                OutputTree.ForElements(shape.M, shape.N, cell.C).Root);
            AssignedCell unsigned = new(commitment, @operator, 2_000_000_000, []);
            cells.Add(unsigned with { Signature = sign(unsigned.Assignment) });
        }

        return new TestBatch(cells, data);
    }

    /// <summary>A batch that no chain has seen.</summary>
    public static TestBatch Of(params IReadOnlyList<RandomCell> data) => Of(
        data,
        7,
        DevKeys.All[3].Address,
        assignment => DevKeys.All[1].Sign(assignment.Digest(31337, Address.Zero)).ToArray());

    public void ServeFrom(MemoryCellSource source)
    {
        source.Serve(Root, BatchDocument.Write(Cells));
        foreach ((AssignedCell cell, RandomCell data) in Cells.Zip(Data))
        {
            source.Serve(cell.Commitment.RootA, data.A);
            source.Serve(cell.Commitment.RootB, data.Bt);
            source.Serve(cell.Commitment.RootC, data.C);
        }
    }

    public CellMatrices Matrices(int position) => new(Data[position].A, Data[position].Bt, Data[position].C);

    public Chain.Bindings.FaultProof Prove(BigInteger batchId, int position, int row, int column) =>
        FaultProofBuilder.Build(
            batchId, Commitments, position, Matrices(position), new WrongElement(row, column, 0, 0));
}
