using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Gplusck.Chain;
using Gplusck.Chain.Primitives;

namespace Gplusck.GpuVerify.Commitments;

/// <summary>The commitment to a result C: 64 consecutive elements a leaf, each 4 bytes big-endian, tag 'C'.</summary>
/// <remarks>Element (row, column) is element number row · N + column; the last leaf may be shorter.</remarks>
public sealed class OutputTree
{
    /// <summary>The tag of every leaf.</summary>
    public const char Tag = 'C';

    /// <summary>Elements in one leaf.</summary>
    public const int ElementsPerLeaf = 64;

    private readonly MerkleTree tree;
    private readonly int elements;

    private OutputTree(MerkleTree tree, int elements)
    {
        this.tree = tree;
        this.elements = elements;
    }

    /// <summary>The root over C.</summary>
    public Hash32 Root => tree.Root;

    /// <summary>Commits to C, M × N elements row by row.</summary>
    public static OutputTree ForElements(int m, int n, ReadOnlySpan<int> c)
    {
        if (m < 1 || n < 1 || c.Length != (long)m * n)
        {
            throw new InvalidInputException(
                $"A result of {m} × {n} needs both sides at least 1 and M·N elements, not {c.Length}.");
        }

        return new OutputTree(MerkleTree.Build(Tag, new ElementGroups(c)), c.Length);
    }

    /// <summary>The opening of the leaf that holds an element.</summary>
    /// <param name="element">row · N + column.</param>
    /// <param name="c">The same C that the tree was built over.</param>
    public LeafOpening OpenElement(int element, ReadOnlySpan<int> c)
    {
        if (c.Length != elements || (uint)element >= (uint)elements)
        {
            throw new InvalidInputException(
                $"Element {element} of {c.Length} was asked for; the tree is over {elements} elements.");
        }

        int index = element / ElementsPerLeaf;
        ElementGroups groups = new(c);
        byte[] data = new byte[groups.LengthOf(index)];
        groups.Write(index, data);
        return new LeafOpening(index, data, tree.Path(index));
    }

    private readonly ref struct ElementGroups(ReadOnlySpan<int> c) : ILeaves
    {
        private readonly ReadOnlySpan<int> c = c;

        public int Count => (c.Length + ElementsPerLeaf - 1) / ElementsPerLeaf;

        public int MaxLength => Math.Min(c.Length, ElementsPerLeaf) * sizeof(int);

        public int LengthOf(int index) => Group(index).Length * sizeof(int);

        public int Write(int index, Span<byte> destination)
        {
            ReadOnlySpan<int> group = Group(index);
            BinaryPrimitives.ReverseEndianness(group, MemoryMarshal.Cast<byte, int>(destination)[..group.Length]);
            return group.Length * sizeof(int);
        }

        private ReadOnlySpan<int> Group(int index)
        {
            int start = index * ElementsPerLeaf;
            return c.Slice(start, Math.Min(ElementsPerLeaf, c.Length - start));
        }
    }
}
