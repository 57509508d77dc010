using Gplusck.GpuVerify.Cells;

namespace Gplusck.GpuVerify.Reference;

/// <summary>The definition of GEMM_S8, written for reading. Every other backend is held to its bits.</summary>
public sealed class ScalarGemm : IGemmBackend
{
    /// <inheritdoc/>
    public string Name => "scalar";

    /// <inheritdoc/>
    public void Multiply(GemmShape shape, ReadOnlySpan<sbyte> a, ReadOnlySpan<sbyte> bt, Span<int> c)
    {
        shape.Check(a, bt, c);
        for (int row = 0; row < shape.M; row++)
        {
            ReadOnlySpan<sbyte> rowOfA = a.Slice(row * shape.K, shape.K);
            for (int column = 0; column < shape.N; column++)
            {
                c[(row * shape.N) + column] = Dot(rowOfA, bt.Slice(column * shape.K, shape.K));
            }
        }
    }

    /// <summary>One element of C: the dot product of a row of A and a row of Bt, of equal length.</summary>
    /// <remarks>Exact for up to <see cref="GemmShape.MaxK"/> terms; an overflow throws rather than wraps.</remarks>
    public static int Dot(ReadOnlySpan<sbyte> rowOfA, ReadOnlySpan<sbyte> rowOfBt)
    {
        int sum = 0;
        for (int k = 0; k < rowOfA.Length; k++)
        {
            sum = checked(sum + (rowOfA[k] * rowOfBt[k]));
        }

        return sum;
    }
}
