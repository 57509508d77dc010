using ILGPU;

namespace Gplusck.GpuVerify.Gpu;

/// <summary>GEMM_S8 for a GPU: side² threads compute a square tile of C, eight by eight elements each.</summary>
/// <remarks>Operands arrive as words of four bytes along K. Every thread reaches every barrier.</remarks>
internal static class GemmKernel
{
    /// <summary>Elements of C per thread along either side.</summary>
    internal const int PerThread = 8;

    /// <summary>Largest side of a group.</summary>
    internal const int MaxSide = 16;

    // Two words of padding spread the stores of a warp over all banks of shared memory.
    private const int Padding = 2;
    private const int SharedWords = MaxSide * ((PerThread * MaxSide) + Padding);

    /// <summary>Computes one tile; the group's index in x counts tiles row by row.</summary>
    /// <param name="a">M rows of <paramref name="words"/> words.</param>
    /// <param name="bt">N rows of <paramref name="words"/> words.</param>
    /// <param name="c">M × N elements.</param>
    /// <param name="m">Rows of C.</param>
    /// <param name="n">Columns of C.</param>
    /// <param name="words">⌈K / 4⌉.</param>
    internal static void MultiplyTile(
        ArrayView<int> a, ArrayView<int> bt, ArrayView<int> c, int m, int n, int words)
    {
        ArrayView<int> sharedA = SharedMemory.Allocate<int>(SharedWords);
        ArrayView<int> sharedB = SharedMemory.Allocate<int>(SharedWords);
        int side = Group.DimX;
        int x = Group.IdxX;
        int y = Group.IdxY;
        int tile = PerThread * side;
        int stride = tile + Padding;
        int tilesAcross = (n + tile - 1) / tile;
        int firstRow = Grid.IdxX / tilesAcross * tile;
        int firstColumn = Grid.IdxX % tilesAcross * tile;
        Lanes8 c0 = default, c1 = default, c2 = default, c3 = default;
        Lanes8 c4 = default, c5 = default, c6 = default, c7 = default;
        for (int firstWord = 0; firstWord < words; firstWord += side)
        {
            int word = firstWord + x;
            for (int row = y; row < tile; row += side)
            {
                sharedA[(x * stride) + row] = WordOrZero(a, firstRow + row, m, word, words);
                sharedB[(x * stride) + row] = WordOrZero(bt, firstColumn + row, n, word, words);
            }

            TileBarrier.Wait();
            for (int k = 0; k < side; k++)
            {
                Lanes8 b = Lanes8.Load(sharedB, (k * stride) + x, side);
                int rows = (k * stride) + y;
                c0 = c0.AddDots(sharedA[rows], b);
                c1 = c1.AddDots(sharedA[rows + side], b);
                c2 = c2.AddDots(sharedA[rows + (2 * side)], b);
                c3 = c3.AddDots(sharedA[rows + (3 * side)], b);
                c4 = c4.AddDots(sharedA[rows + (4 * side)], b);
                c5 = c5.AddDots(sharedA[rows + (5 * side)], b);
                c6 = c6.AddDots(sharedA[rows + (6 * side)], b);
                c7 = c7.AddDots(sharedA[rows + (7 * side)], b);
            }

            TileBarrier.Wait();
        }

        int column = firstColumn + x;
        int firstOwnRow = firstRow + y;
        Store(c0, c, firstOwnRow, column, side, m, n);
        Store(c1, c, firstOwnRow + side, column, side, m, n);
        Store(c2, c, firstOwnRow + (2 * side), column, side, m, n);
        Store(c3, c, firstOwnRow + (3 * side), column, side, m, n);
        Store(c4, c, firstOwnRow + (4 * side), column, side, m, n);
        Store(c5, c, firstOwnRow + (5 * side), column, side, m, n);
        Store(c6, c, firstOwnRow + (6 * side), column, side, m, n);
        Store(c7, c, firstOwnRow + (7 * side), column, side, m, n);
    }

    private static int WordOrZero(ArrayView<int> matrix, int row, int rows, int word, int words) =>
        row < rows && word < words ? matrix[(row * words) + word] : 0;

    private static void Store(Lanes8 lanes, ArrayView<int> c, int row, int column, int step, int m, int n)
    {
        if (row < m)
        {
            lanes.Store(c, row * n, column, step, n);
        }
    }
}
