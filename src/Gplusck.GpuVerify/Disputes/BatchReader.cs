using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Gplusck.Chain;
using Gplusck.Chain.Primitives;
using Gplusck.GpuVerify.Cells;
using Gplusck.GpuVerify.Commitments;

namespace Gplusck.GpuVerify.Disputes;

/// <summary>Fetches a batch and believes nothing that does not lead to its root.</summary>
internal sealed class BatchReader(ICellSource source, CommittedBatch batch, VerifierOptions options)
{
    private readonly Dictionary<Hash32, sbyte[]> _operands = [];
    private long _operandBytes;

    /// <summary>The cells in the order of their positions.</summary>
    /// <exception cref="UnavailableException">They are not served, or are others than were committed.</exception>
    public async Task<IReadOnlyList<AssignedCell>> ReadCellsAsync(CancellationToken cancellationToken)
    {
        int bytesMax = checked(BatchDocument.CellBytesMax * (batch.Cells + 1));
        byte[] document = await source.ReadBatchAsync(batch.Endpoint, batch.CellsRoot, bytesMax, cancellationToken);
        IReadOnlyList<AssignedCell> cells;
        try
        {
            cells = BatchDocument.Read(document);
        }
        catch (InvalidInputException error)
        {
            throw new UnavailableException($"The list of cells cannot be read: {error.Message}", error);
        }

        if (cells.Count != batch.Cells)
        {
            throw new UnavailableException($"{cells.Count} cells are served where {batch.Cells} were committed.");
        }

        Hash32 root = BatchTree.ForCells([.. cells.Select(cell => cell.Commitment)]).Root;
        return root == batch.CellsRoot
            ? cells
            : throw new UnavailableException($"The cells served have root {root}; {batch.CellsRoot} was committed.");
    }

    /// <summary>A cell's matrices.</summary>
    /// <exception cref="UnavailableException">One is not served, is another than was committed, or is too
    /// large.</exception>
    public async Task<CellMatrices> ReadMatricesAsync(CellCommitment cell, CancellationToken cancellationToken)
    {
        GemmShape shape = cell.Shape;
        sbyte[] a = await ReadOperandAsync('A', cell.RootA, shape.M, shape.K, cancellationToken);
        sbyte[] bt = await ReadOperandAsync('B', cell.RootB, shape.N, shape.K, cancellationToken);
        byte[] bytes = await ReadAsync(cell.RootC, (long)shape.LengthC * sizeof(int), cancellationToken);
        int[] c = new int[shape.LengthC];
        BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, int>(bytes), c);
        RequireRoot(cell.RootC, OutputTree.ForElements(shape.M, shape.N, c).Root);
        return new CellMatrices(a, bt, c);
    }

    private async Task<sbyte[]> ReadOperandAsync(
        char tag, Hash32 root, int rows, int k, CancellationToken cancellationToken)
    {
        if (_operands.TryGetValue(root, out sbyte[]? kept) && kept.Length == (long)rows * k)
        {
            return kept;
        }

        byte[] bytes = await ReadAsync(root, (long)rows * k, cancellationToken);
        sbyte[] operand = MemoryMarshal.Cast<byte, sbyte>(bytes).ToArray();
        RequireRoot(root, OperandTree.ForRows(tag, rows, k, operand).Root);
        if (_operandBytes + operand.Length <= options.OperandCacheBytes)
        {
            _operands[root] = operand;
            _operandBytes += operand.Length;
        }

        return operand;
    }

    private Task<byte[]> ReadAsync(Hash32 root, long length, CancellationToken cancellationToken) =>
        length <= options.MatrixBytesMax
            ? source.ReadObjectAsync(batch.Endpoint, root, (int)length, cancellationToken)
            : throw new UnavailableException(
                $"Matrix {root} has {length} bytes; this verifier reads at most {options.MatrixBytesMax}.");

    private static void RequireRoot(Hash32 committed, Hash32 served)
    {
        if (served != committed)
        {
            throw new UnavailableException($"What is served as matrix {committed} has root {served}.");
        }
    }
}
