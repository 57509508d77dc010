using Gplusck.GpuVerify.Cells;

namespace Gplusck.GpuVerify.Simd;

/// <summary>A whole product, tile by tile: row blocks that fit the second-level cache against column panels.</summary>
internal static unsafe class PanelProduct<TStep>
    where TStep : struct, IDotStep
{
    // With one panel of columns and the tile's rows beside it, this leaves room in a cache of 1 MiB and more.
    private const int RowBlockBytes = 512 * 1024;

    // Rows that lie 4 KiB apart would share one set of the first-level cache.
    private const int StridePaddingWords = 16;

    internal static void Multiply(GemmShape shape, sbyte* a, sbyte* bt, int* c, int threads)
    {
        using ColumnPanels<TStep> panels = new(bt, shape.N, shape.K);
        int words = ColumnPanels<TStep>.WordsOf(shape.K);
        int tilesByCache = Math.Max(1, RowBlockBytes / (words * sizeof(int) * TileKernel<TStep>.Rows));
        int tilesByThread = (shape.M + (TileKernel<TStep>.Rows * threads) - 1) / (TileKernel<TStep>.Rows * threads);
        int blockRows = Math.Min(tilesByCache, tilesByThread) * TileKernel<TStep>.Rows;
        int blocks = (shape.M + blockRows - 1) / blockRows;
        if (threads == 1)
        {
            for (int block = 0; block < blocks; block++)
            {
                MultiplyRows(shape, a, panels, c, block * blockRows, blockRows);
            }
        }
        else
        {
            ParallelOptions options = new() { MaxDegreeOfParallelism = threads };
            Parallel.For(0, blocks, options, block => MultiplyRows(shape, a, panels, c, block * blockRows, blockRows));
        }
    }

    private static void MultiplyRows(
        GemmShape shape, sbyte* a, ColumnPanels<TStep> panels, int* c, int firstRow, int blockRows)
    {
        int rows = Math.Min(blockRows, shape.M - firstRow);
        int words = ColumnPanels<TStep>.WordsOf(shape.K);
        int stride = words + StridePaddingWords;
        int tiles = (rows + TileKernel<TStep>.Rows - 1) / TileKernel<TStep>.Rows;
        using WordBuffer encoded = new((nuint)(tiles * TileKernel<TStep>.Rows) * (nuint)stride);
        encoded.Clear();
        for (int row = 0; row < rows; row++)
        {
            TStep.EncodeA(
                new ReadOnlySpan<sbyte>(a + ((nint)(firstRow + row) * shape.K), shape.K),
                new Span<int>(encoded.Pointer + ((nint)row * stride), words));
        }

        for (int panel = 0; panel < panels.Count; panel++)
        {
            for (int tile = 0; tile < tiles; tile++)
            {
                int row = tile * TileKernel<TStep>.Rows;
                MultiplyTile(shape, encoded.Pointer + ((nint)row * stride), stride, panels, panel, c, firstRow + row);
            }
        }
    }

    private static void MultiplyTile(
        GemmShape shape, int* a, int strideA, ColumnPanels<TStep> panels, int panel, int* c, int row)
    {
        const int Width = ColumnPanels<TStep>.Width;
        int words = ColumnPanels<TStep>.WordsOf(shape.K);
        int column = panel * Width;
        int rows = Math.Min(TileKernel<TStep>.Rows, shape.M - row);
        int columns = Math.Min(Width, shape.N - column);
        int* target = c + ((nint)row * shape.N) + column;
        if (rows == TileKernel<TStep>.Rows && columns == Width)
        {
            TileKernel<TStep>.Multiply(a, strideA, panels.Panel(panel), panels.Starts(panel), words, target, shape.N);
            return;
        }

        int* tile = stackalloc int[TileKernel<TStep>.Rows * Width];
        TileKernel<TStep>.Multiply(a, strideA, panels.Panel(panel), panels.Starts(panel), words, tile, Width);
        for (int i = 0; i < rows; i++)
        {
            Span<int> rowOfC = new(target + ((nint)i * shape.N), columns);
            new ReadOnlySpan<int>(tile + (i * Width), columns).CopyTo(rowOfC);
        }
    }
}
