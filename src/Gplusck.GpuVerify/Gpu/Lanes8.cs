using ILGPU;

namespace Gplusck.GpuVerify.Gpu;

/// <summary>Eight words of one GPU thread. A struct stays in registers where an array would not.</summary>
internal readonly struct Lanes8(int w0, int w1, int w2, int w3, int w4, int w5, int w6, int w7)
{
    private readonly int w0 = w0;
    private readonly int w1 = w1;
    private readonly int w2 = w2;
    private readonly int w3 = w3;
    private readonly int w4 = w4;
    private readonly int w5 = w5;
    private readonly int w6 = w6;
    private readonly int w7 = w7;

    /// <summary>Eight words from <paramref name="start"/> on, <paramref name="step"/> apart.</summary>
    internal static Lanes8 Load(ArrayView<int> view, int start, int step) => new(
        view[start],
        view[start + step],
        view[start + (2 * step)],
        view[start + (3 * step)],
        view[start + (4 * step)],
        view[start + (5 * step)],
        view[start + (6 * step)],
        view[start + (7 * step)]);

    /// <summary>Adds the packed dot products of one word with eight others, lane by lane.</summary>
    internal Lanes8 AddDots(int a, Lanes8 b) => new(
        PackedDot.Add(w0, a, b.w0),
        PackedDot.Add(w1, a, b.w1),
        PackedDot.Add(w2, a, b.w2),
        PackedDot.Add(w3, a, b.w3),
        PackedDot.Add(w4, a, b.w4),
        PackedDot.Add(w5, a, b.w5),
        PackedDot.Add(w6, a, b.w6),
        PackedDot.Add(w7, a, b.w7));

    /// <summary>Stores those of the eight words that lie before column <paramref name="n"/> of a row of C.</summary>
    internal void Store(ArrayView<int> c, int rowStart, int column, int step, int n)
    {
        StoreOne(c, rowStart, column, n, w0);
        StoreOne(c, rowStart, column + step, n, w1);
        StoreOne(c, rowStart, column + (2 * step), n, w2);
        StoreOne(c, rowStart, column + (3 * step), n, w3);
        StoreOne(c, rowStart, column + (4 * step), n, w4);
        StoreOne(c, rowStart, column + (5 * step), n, w5);
        StoreOne(c, rowStart, column + (6 * step), n, w6);
        StoreOne(c, rowStart, column + (7 * step), n, w7);
    }

    private static void StoreOne(ArrayView<int> c, int rowStart, int column, int n, int word)
    {
        if (column < n)
        {
            c[rowStart + column] = word;
        }
    }
}
