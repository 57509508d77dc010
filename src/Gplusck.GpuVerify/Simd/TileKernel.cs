using System.Runtime.Intrinsics;

namespace Gplusck.GpuVerify.Simd;

/// <summary>The innermost loop: six rows of A against sixteen columns of B, all 96 sums in registers.</summary>
internal static unsafe class TileKernel<TStep>
    where TStep : struct, IDotStep
{
    internal const int Rows = 6;

    /// <summary>Writes a tile of C.</summary>
    /// <param name="a">Six recoded rows, <paramref name="strideA"/> words apart.</param>
    /// <param name="strideA">Words from one row to the next.</param>
    /// <param name="panel">Sixteen recoded columns, see <see cref="ColumnPanels{TStep}"/>.</param>
    /// <param name="starts">What the sixteen sums of every row start from.</param>
    /// <param name="words">Words of a row.</param>
    /// <param name="c">The tile's first element.</param>
    /// <param name="strideC">Elements from one row of C to the next.</param>
    internal static void Multiply(int* a, nint strideA, int* panel, int* starts, int words, int* c, nint strideC)
    {
        Vector256<int> left = Vector256.Load(starts), right = Vector256.Load(starts + 8);
        Vector256<int> l0 = left, l1 = left, l2 = left, l3 = left, l4 = left, l5 = left;
        Vector256<int> r0 = right, r1 = right, r2 = right, r3 = right, r4 = right, r5 = right;
        int* a1 = a + strideA, a2 = a1 + strideA, a3 = a2 + strideA, a4 = a3 + strideA, a5 = a4 + strideA;
        for (nint word = 0; word < words; word++, panel += 16)
        {
            left = Vector256.Load(panel);
            right = Vector256.Load(panel + 8);
            Vector256<int> row = Vector256.Create(a[word]);
            l0 = TStep.Add(l0, row, left);
            r0 = TStep.Add(r0, row, right);
            row = Vector256.Create(a1[word]);
            l1 = TStep.Add(l1, row, left);
            r1 = TStep.Add(r1, row, right);
            row = Vector256.Create(a2[word]);
            l2 = TStep.Add(l2, row, left);
            r2 = TStep.Add(r2, row, right);
            row = Vector256.Create(a3[word]);
            l3 = TStep.Add(l3, row, left);
            r3 = TStep.Add(r3, row, right);
            row = Vector256.Create(a4[word]);
            l4 = TStep.Add(l4, row, left);
            r4 = TStep.Add(r4, row, right);
            row = Vector256.Create(a5[word]);
            l5 = TStep.Add(l5, row, left);
            r5 = TStep.Add(r5, row, right);
        }

        Store(l0, r0, c);
        Store(l1, r1, c + strideC);
        Store(l2, r2, c + (2 * strideC));
        Store(l3, r3, c + (3 * strideC));
        Store(l4, r4, c + (4 * strideC));
        Store(l5, r5, c + (5 * strideC));
    }

    private static void Store(Vector256<int> left, Vector256<int> right, int* c)
    {
        left.Store(c);
        right.Store(c + 8);
    }
}
