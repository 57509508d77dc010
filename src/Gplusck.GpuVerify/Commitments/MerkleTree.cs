using System.Buffers.Binary;
using System.Numerics;
using Gplusck.Chain;
using Gplusck.Chain.Primitives;

namespace Gplusck.GpuVerify.Commitments;

/// <summary>The keccak-256 tree that operators commit to and the contract MicrocellProof reads.</summary>
/// <remarks>
/// leaf = keccak(0x00 ‖ tag ‖ index as 4 bytes big-endian ‖ bytes), node = keccak(0x01 ‖ left ‖ right), and the leaves
/// are filled up to a power of two with keccak(0x02). A tree of one leaf has that leaf as its root. The first byte
/// keeps leaves and nodes apart; tag and index keep a leaf from standing for another.
/// </remarks>
public sealed class MerkleTree
{
    private const int HashLength = 32;
    private const int LeafPrefixLength = 6;

    // Level 0 are the leaves; the absent ones are not stored.
    private readonly byte[][] levels;
    private readonly Hash32[] absent;

    private MerkleTree(byte[][] levels, Hash32[] absent)
    {
        this.levels = levels;
        this.absent = absent;
        Root = Hash32.FromBytes(levels[^1]);
    }

    /// <summary>The root over all leaves.</summary>
    public Hash32 Root { get; }

    /// <summary>Leaves with content.</summary>
    public int LeafCount => levels[0].Length / HashLength;

    /// <summary>Siblings on every path: the levels between a leaf and the root.</summary>
    public int Depth => levels.Length - 1;

    /// <summary>Builds the tree over the leaves under one tag.</summary>
    public static MerkleTree Build<TLeaves>(char tag, TLeaves leaves)
        where TLeaves : ILeaves, allows ref struct
    {
        int depth = DepthOf(leaves.Count);
        byte[][] levels = new byte[depth + 1][];
        levels[0] = HashLeaves(tag, leaves);
        Hash32[] absent = new Hash32[depth + 1];
        absent[0] = Keccak.Hash([0x02]);
        for (int level = 1; level <= depth; level++)
        {
            absent[level] = Node(absent[level - 1], absent[level - 1]);
            levels[level] = HashPairs(levels[level - 1], absent[level - 1]);
        }

        return new MerkleTree(levels, absent);
    }

    /// <summary>The siblings from a leaf up to the root.</summary>
    public Hash32[] Path(int index)
    {
        if ((uint)index >= (uint)LeafCount)
        {
            throw new InvalidInputException($"Leaf {index} does not exist; the tree has {LeafCount} leaves.");
        }

        Hash32[] siblings = new Hash32[Depth];
        for (int level = 0; level < Depth; level++, index >>= 1)
        {
            int start = (index ^ 1) * HashLength;
            siblings[level] = start < levels[level].Length
                ? Hash32.FromBytes(levels[level].AsSpan(start, HashLength))
                : absent[level];
        }

        return siblings;
    }

    /// <summary>The root that a leaf and its path lead to; the committed root when the opening is valid.</summary>
    /// <remarks>The caller checks that the path has <see cref="DepthOf"/> siblings and the index is in range.</remarks>
    public static Hash32 RootOf(char tag, int index, ReadOnlySpan<byte> data, IReadOnlyList<Hash32> siblings)
    {
        byte[] preimage = new byte[LeafPrefixLength + data.Length];
        WriteLeafPrefix(preimage, tag, index);
        data.CopyTo(preimage.AsSpan(LeafPrefixLength));
        Hash32 hash = Keccak.Hash(preimage);
        foreach (Hash32 sibling in siblings)
        {
            hash = (index & 1) == 0 ? Node(hash, sibling) : Node(sibling, hash);
            index >>= 1;
        }

        return hash;
    }

    /// <summary>Levels between leaves and root for so many leaves.</summary>
    public static int DepthOf(int leafCount) => leafCount > 0
        ? BitOperations.Log2(BitOperations.RoundUpToPowerOf2((uint)leafCount))
        : throw new InvalidInputException($"A tree has at least 1 leaf, not {leafCount}.");

    private static byte[] HashLeaves<TLeaves>(char tag, TLeaves leaves)
        where TLeaves : ILeaves, allows ref struct
    {
        byte[] hashes = new byte[checked(leaves.Count * HashLength)];
        byte[] preimage = new byte[LeafPrefixLength + leaves.MaxLength];
        for (int index = 0; index < leaves.Count; index++)
        {
            WriteLeafPrefix(preimage, tag, index);
            int length = leaves.Write(index, preimage.AsSpan(LeafPrefixLength));
            Keccak.Hash(preimage.AsSpan(0, LeafPrefixLength + length), hashes.AsSpan(index * HashLength, HashLength));
        }

        return hashes;
    }

    private static byte[] HashPairs(ReadOnlySpan<byte> children, Hash32 absentChild)
    {
        int childCount = children.Length / HashLength;
        byte[] parents = new byte[(childCount + 1) / 2 * HashLength];
        Span<byte> preimage = stackalloc byte[1 + (2 * HashLength)];
        preimage[0] = 0x01;
        for (int child = 0; child < childCount; child += 2)
        {
            bool whole = child + 1 < childCount;
            children.Slice(child * HashLength, whole ? 2 * HashLength : HashLength).CopyTo(preimage[1..]);
            if (!whole)
            {
                absentChild.CopyTo(preimage[(1 + HashLength)..]);
            }

            Keccak.Hash(preimage, parents.AsSpan(child / 2 * HashLength, HashLength));
        }

        return parents;
    }

    private static Hash32 Node(Hash32 left, Hash32 right)
    {
        Span<byte> preimage = stackalloc byte[1 + (2 * HashLength)];
        preimage[0] = 0x01;
        left.CopyTo(preimage[1..]);
        right.CopyTo(preimage[(1 + HashLength)..]);
        return Keccak.Hash(preimage);
    }

    private static void WriteLeafPrefix(Span<byte> preimage, char tag, int index)
    {
        preimage[0] = 0x00;
        preimage[1] = checked((byte)tag);
        BinaryPrimitives.WriteInt32BigEndian(preimage[2..], index);
    }
}
