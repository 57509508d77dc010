using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Gplusck.Chain.Primitives;
using Gplusck.Compute.Assignments;
using Gplusck.GpuVerify.Commitments;

namespace Gplusck.Compute.Operands;

/// <summary>One matrix of a cell as it is kept and served, with what its root is computed over.</summary>
/// <param name="Tag">'A', 'B' or 'C'.</param>
/// <param name="Rows">Rows.</param>
/// <param name="Columns">Columns.</param>
/// <param name="Content">Row by row: signed bytes of A and Bt, big-endian 4-byte elements of C.</param>
public sealed record StoredMatrix(char Tag, int Rows, int Columns, byte[] Content)
{
    private const int HeaderLength = 1 + (2 * sizeof(int));

    /// <summary>A or Bt.</summary>
    public static StoredMatrix ForOperand(char tag, int rows, int columns, ReadOnlySpan<sbyte> values) =>
        new(tag, rows, columns, MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>C.</summary>
    public static StoredMatrix ForResult(int rows, int columns, ReadOnlySpan<int> c) =>
        new(OutputTree.Tag, rows, columns, CellWire.WriteResult(c));

    /// <summary>The root that a cell commits to for this matrix.</summary>
    public Hash32 ComputeRoot()
    {
        if (Tag != OutputTree.Tag)
        {
            return OperandTree.ForRows(Tag, Rows, Columns, MemoryMarshal.Cast<byte, sbyte>(Content)).Root;
        }

        int[] c = new int[Content.Length / sizeof(int)];
        BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, int>(Content.AsSpan()), c);
        return OutputTree.ForElements(Rows, Columns, c).Root;
    }

    /// <summary>The file: tag, rows, columns, content.</summary>
    internal byte[] ToFile()
    {
        byte[] file = new byte[HeaderLength + Content.Length];
        file[0] = (byte)Tag;
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(1), Rows);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(1 + sizeof(int)), Columns);
        Content.CopyTo(file.AsSpan(HeaderLength));
        return file;
    }

    /// <summary>The matrix of such a file, or null when it was damaged.</summary>
    internal static StoredMatrix? FromFile(ReadOnlySpan<byte> file)
    {
        if (file.Length <= HeaderLength || (char)file[0] is not ('A' or 'B' or OutputTree.Tag))
        {
            return null;
        }

        int rows = BinaryPrimitives.ReadInt32BigEndian(file[1..]);
        int columns = BinaryPrimitives.ReadInt32BigEndian(file[(1 + sizeof(int))..]);
        int element = file[0] == OutputTree.Tag ? sizeof(int) : 1;
        return rows > 0 && columns > 0 && (long)rows * columns * element == file.Length - HeaderLength
            ? new StoredMatrix((char)file[0], rows, columns, file[HeaderLength..].ToArray())
            : null;
    }
}
