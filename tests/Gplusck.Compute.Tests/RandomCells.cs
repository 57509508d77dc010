using System.Numerics;
using System.Runtime.InteropServices;
using Gplusck.Chain.Primitives;
using Gplusck.Compute.Assignments;
using Gplusck.Compute.Jobs;
using Gplusck.GpuVerify.Cells;
using Gplusck.GpuVerify.Commitments;

namespace Gplusck.Compute.Tests;

/// <summary>Cells with random operands.</summary>
internal static class RandomCells
{
    public static CellTask Task(GemmShape shape, Random random) =>
        new(shape, Values(shape.LengthA, random), Values(shape.LengthBt, random));

    public static sbyte[] Values(int length, Random random)
    {
        sbyte[] values = new sbyte[length];
        random.NextBytes(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    public static SignedAssignment Order(CellTask task, uint cellIndex, Random random)
    {
        byte[] noise = new byte[32 + 20 + SignedAssignment.SignatureLength];
        random.NextBytes(noise);
        CellAssignment assignment = new(
            new BigInteger(noise.AsSpan(0, 32), isUnsigned: true),
            cellIndex,
            task.Shape,
            OperandTree.ForRows('A', task.Shape.M, task.Shape.K, task.A).Root,
            OperandTree.ForRows('B', task.Shape.N, task.Shape.K, task.Bt).Root,
            Address.FromBytes(noise.AsSpan(32, 20)),
            (ulong)random.NextInt64());
        return new SignedAssignment(assignment, noise[52..]);
    }
}
