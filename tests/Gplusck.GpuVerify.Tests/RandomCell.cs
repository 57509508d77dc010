using System.Runtime.InteropServices;
using Gplusck.GpuVerify.Cells;
using Gplusck.GpuVerify.Reference;

namespace Gplusck.GpuVerify.Tests;

/// <summary>A cell whose operands follow from a seed, with the honest result of the scalar reference.</summary>
internal sealed class RandomCell
{
    internal RandomCell(GemmShape shape, int seed)
    {
        Shape = shape;
        A = new sbyte[shape.LengthA];
        Bt = new sbyte[shape.LengthBt];
        C = new int[shape.LengthC];
        Random random = new(seed);
        random.NextBytes(MemoryMarshal.AsBytes(A.AsSpan()));
        random.NextBytes(MemoryMarshal.AsBytes(Bt.AsSpan()));
        new ScalarGemm().Multiply(shape, A, Bt, C);
    }

    internal GemmShape Shape { get; }

    internal sbyte[] A { get; }

    internal sbyte[] Bt { get; }

    internal int[] C { get; }
}
