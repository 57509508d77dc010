using System.Runtime.InteropServices;
using Gplusck.Chain;
using Gplusck.Chain.Primitives;

namespace Gplusck.GpuVerify.Commitments;

/// <summary>The commitment to one operand: one leaf a row, or one leaf per 4,096 bytes of a longer row.</summary>
/// <remarks>Leaf index = row · chunks + chunk, chunks = ⌈K / 4,096⌉; the last chunk of a row may be shorter.</remarks>
public sealed class OperandTree
{
    /// <summary>Most bytes of a row in one leaf.</summary>
    public const int ChunkLength = 4096;

    private readonly MerkleTree tree;
    private readonly int rows;
    private readonly int k;

    private OperandTree(MerkleTree tree, int rows, int k)
    {
        this.tree = tree;
        this.rows = rows;
        this.k = k;
    }

    /// <summary>The root over the matrix.</summary>
    public Hash32 Root => tree.Root;

    /// <summary>Leaves that one row of K bytes is cut into.</summary>
    public static int ChunksOf(int k) => (k + ChunkLength - 1) / ChunkLength;

    /// <summary>Commits to a matrix of <paramref name="rows"/> rows of <paramref name="k"/> bytes.</summary>
    /// <param name="tag">'A' for A, 'B' for Bt.</param>
    /// <param name="rows">M for A, N for Bt.</param>
    /// <param name="k">Bytes of a row.</param>
    /// <param name="bytes">The matrix row by row.</param>
    public static OperandTree ForRows(char tag, int rows, int k, ReadOnlySpan<sbyte> bytes)
    {
        if (tag is not ('A' or 'B'))
        {
            throw new InvalidInputException($"An operand's tag is 'A' or 'B', not '{tag}'.");
        }

        RequireLength(rows, k, bytes);
        return new OperandTree(MerkleTree.Build(tag, new RowChunks(rows, k, bytes)), rows, k);
    }

    /// <summary>The openings of one row, chunk by chunk.</summary>
    /// <param name="row">Which row.</param>
    /// <param name="bytes">The same matrix that the tree was built over.</param>
    public IReadOnlyList<LeafOpening> OpenRow(int row, ReadOnlySpan<sbyte> bytes)
    {
        RequireLength(rows, k, bytes);
        if ((uint)row >= (uint)rows)
        {
            throw new InvalidInputException($"Row {row} does not exist; the operand has {rows} rows.");
        }

        RowChunks chunks = new(rows, k, bytes);
        LeafOpening[] openings = new LeafOpening[ChunksOf(k)];
        for (int chunk = 0; chunk < openings.Length; chunk++)
        {
            int index = (row * openings.Length) + chunk;
            openings[chunk] = new LeafOpening(index, chunks.Leaf(index).ToArray(), tree.Path(index));
        }

        return openings;
    }

    private static void RequireLength(int rows, int k, ReadOnlySpan<sbyte> bytes)
    {
        if (rows < 1 || k < 1 || bytes.Length != (long)rows * k)
        {
            throw new InvalidInputException(
                $"An operand of {rows} rows of {k} bytes needs at least 1 of each and has not {bytes.Length} bytes.");
        }
    }

    private readonly ref struct RowChunks(int rows, int k, ReadOnlySpan<sbyte> bytes) : ILeaves
    {
        private readonly ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(bytes);

        public int Count => checked(rows * ChunksOf(k));

        public int MaxLength => Math.Min(k, ChunkLength);

        public ReadOnlySpan<byte> Leaf(int index)
        {
            (int row, int chunk) = Math.DivRem(index, ChunksOf(k));
            int offset = chunk * ChunkLength;
            return bytes.Slice((row * k) + offset, Math.Min(ChunkLength, k - offset));
        }

        public int Write(int index, Span<byte> destination)
        {
            ReadOnlySpan<byte> leaf = Leaf(index);
            leaf.CopyTo(destination);
            return leaf.Length;
        }
    }
}
