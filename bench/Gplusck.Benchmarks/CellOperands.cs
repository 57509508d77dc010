using System.Runtime.InteropServices;
using Gplusck.GpuVerify.Cells;

namespace Gplusck.Benchmarks;

/// <summary>Operands of one cell and room for its result; the same bytes in every run.</summary>
public sealed class CellOperands
{
    private CellOperands(GemmShape shape)
    {
        Shape = shape;
        A = new sbyte[shape.LengthA];
        Bt = new sbyte[shape.LengthBt];
        C = new int[shape.LengthC];
    }

    public GemmShape Shape { get; }

    public sbyte[] A { get; }

    public sbyte[] Bt { get; }

    public int[] C { get; }

    public static CellOperands Random(GemmShape shape)
    {
        CellOperands operands = new(shape);
        Random random = new(1);
        random.NextBytes(MemoryMarshal.AsBytes(operands.A.AsSpan()));
        random.NextBytes(MemoryMarshal.AsBytes(operands.Bt.AsSpan()));
        return operands;
    }

    public void Multiply(IGemmBackend backend) => backend.Multiply(Shape, A, Bt, C);
}
