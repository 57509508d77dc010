using Gplusck.Chain;
using Gplusck.GpuVerify.Cells;

namespace Gplusck.Compute.Jobs;

/// <summary>
/// One matrix product C = A · B cut into cells by rows of A and columns of B, and put together again.
/// </summary>
/// <remarks>K is never cut, so every element of C comes whole from one cell and can be judged alone.</remarks>
public sealed class TiledProduct
{
    private readonly GemmShape _shape;
    private readonly int _rowParts;
    private readonly int _columnParts;
    private readonly CellTask[] _cells;

    /// <summary>Cuts A · B.</summary>
    /// <param name="a">A, M × K.</param>
    /// <param name="bt">B transposed, N × K.</param>
    /// <param name="rowParts">Parts that A's rows are cut into; no more than there are rows.</param>
    /// <param name="columnParts">Parts that B's columns are cut into; no more than there are columns.</param>
    /// <exception cref="InvalidInputException">The two do not fit together.</exception>
    public TiledProduct(QuantisedMatrix a, QuantisedMatrix bt, int rowParts, int columnParts)
    {
        if (a.Columns != bt.Columns || rowParts < 1 || columnParts < 1)
        {
            throw new InvalidInputException(
                $"A row of A has {a.Columns} numbers and one of Bt {bt.Columns}; they must agree, "
                + "with at least one part each.");
        }

        _shape = new GemmShape(a.Rows, bt.Rows, a.Columns);
        _rowParts = Math.Min(rowParts, a.Rows);
        _columnParts = Math.Min(columnParts, bt.Rows);
        Scale = a.Scale * bt.Scale;
        _cells = [.. from row in Enumerable.Range(0, _rowParts)
                     from column in Enumerable.Range(0, _columnParts)
                     select Cell(a, bt, row, column)];
    }

    /// <summary>The cells, row part by row part; none depends on another.</summary>
    public IReadOnlyList<CellTask> Cells => _cells;

    /// <summary>What one step of C is worth.</summary>
    public float Scale { get; }

    /// <summary>C from the results of <see cref="Cells"/>, in their order.</summary>
    /// <exception cref="InvalidInputException">A result is missing or has the wrong size.</exception>
    public int[] Assemble(ReadOnlySpan<int[]> results)
    {
        if (results.Length != _cells.Length)
        {
            throw new InvalidInputException($"{results.Length} results came for {_cells.Length} cells.");
        }

        int[] c = new int[_shape.LengthC];
        for (int cell = 0; cell < results.Length; cell++)
        {
            GemmShape tile = _cells[cell].Shape;
            if (results[cell].Length != tile.LengthC)
            {
                throw new InvalidInputException(
                    $"A result of {results[cell].Length} elements came for a cell of {tile.LengthC}.");
            }

            int top = Start(_shape.M, _rowParts, cell / _columnParts);
            int left = Start(_shape.N, _columnParts, cell % _columnParts);
            for (int row = 0; row < tile.M; row++)
            {
                results[cell].AsSpan(row * tile.N, tile.N).CopyTo(c.AsSpan(((top + row) * _shape.N) + left));
            }
        }

        return c;
    }

    private CellTask Cell(QuantisedMatrix a, QuantisedMatrix bt, int row, int column)
    {
        Range rows = Part(_shape.M, _rowParts, row);
        Range columns = Part(_shape.N, _columnParts, column);
        GemmShape shape = new(rows.End.Value - rows.Start.Value, columns.End.Value - columns.Start.Value, _shape.K);
        return new CellTask(shape, Rows(a, rows), Rows(bt, columns));
    }

    private static sbyte[] Rows(QuantisedMatrix matrix, Range rows) =>
        matrix.Values[(rows.Start.Value * matrix.Columns)..(rows.End.Value * matrix.Columns)];

    private static Range Part(int length, int parts, int part) =>
        Start(length, parts, part)..Start(length, parts, part + 1);

    private static int Start(int length, int parts, int part) => (int)((long)length * part / parts);
}
