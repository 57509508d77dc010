using Gplusck.Chain.Primitives;
using Gplusck.Chain.Rlp;

namespace Gplusck.Chain.Trie;

/// <summary>The Merkle-Patricia root of a list: the trie that maps rlp(index) to each value.</summary>
/// <remarks>Yellow Paper appendix D. How headers commit to transactions, receipts and withdrawals.</remarks>
public static class OrderedTrie
{
    private const int BranchWidth = 16;
    private const byte LeafFlag = 0x20;
    private const byte OddFlag = 0x10;

    /// <summary>The root over <paramref name="values"/> in their order.</summary>
    public static Hash32 RootOf(IReadOnlyList<byte[]> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        RlpWriter root = new();
        if (values.Count == 0)
        {
            root.Write([]);
            return Keccak.Hash(root.Written);
        }

        Entry[] entries = [.. values.Select((value, index) => new Entry(NibblesOf((ulong)index), value))];
        Array.Sort(entries, static (left, right) => left.Key.AsSpan().SequenceCompareTo(right.Key));
        WriteNode(root, entries, depth: 0);
        return Keccak.Hash(root.Written);
    }

    // No key is the start of another, because RLP says each item's length first; so a branch never holds a value.
    private static void WriteNode(RlpWriter writer, ReadOnlySpan<Entry> entries, int depth)
    {
        ReadOnlySpan<byte> first = entries[0].Key.AsSpan(depth);
        writer.StartList();
        if (entries.Length == 1)
        {
            WritePath(writer, first, LeafFlag);
            writer.Write(entries[0].Value);
        }
        else if (first.CommonPrefixLength(entries[^1].Key.AsSpan(depth)) is int shared and > 0)
        {
            WritePath(writer, first[..shared], 0);
            WriteReference(writer, entries, depth + shared);
        }
        else
        {
            WriteBranch(writer, entries, depth);
        }

        writer.EndList();
    }

    private static void WriteBranch(RlpWriter writer, ReadOnlySpan<Entry> entries, int depth)
    {
        for (int nibble = 0; nibble < BranchWidth; nibble++)
        {
            int count = 0;
            while (count < entries.Length && entries[count].Key[depth] == nibble)
            {
                count++;
            }

            if (count == 0)
            {
                writer.Write([]);
            }
            else
            {
                WriteReference(writer, entries[..count], depth + 1);
                entries = entries[count..];
            }
        }

        writer.Write([]);
    }

    // A node shorter than its hash stands in its parent itself.
    private static void WriteReference(RlpWriter parent, ReadOnlySpan<Entry> entries, int depth)
    {
        RlpWriter child = new();
        WriteNode(child, entries, depth);
        if (child.Written.Length < Hash32.Length)
        {
            parent.WriteEncoded(child.Written);
        }
        else
        {
            parent.Write(Keccak.Hash(child.Written));
        }
    }

    private static void WritePath(RlpWriter writer, ReadOnlySpan<byte> nibbles, byte flag)
    {
        Span<byte> packed = stackalloc byte[(nibbles.Length / 2) + 1];
        bool odd = nibbles.Length % 2 == 1;
        packed[0] = odd ? (byte)(flag | OddFlag | nibbles[0]) : flag;
        for (int position = odd ? 1 : 0; position < nibbles.Length; position += 2)
        {
            packed[(position / 2) + 1] = (byte)((nibbles[position] << 4) | nibbles[position + 1]);
        }

        writer.Write(packed);
    }

    private static byte[] NibblesOf(ulong index)
    {
        RlpWriter writer = new();
        writer.Write(index);
        byte[] nibbles = new byte[2 * writer.Written.Length];
        for (int position = 0; position < nibbles.Length; position++)
        {
            byte both = writer.Written[position / 2];
            nibbles[position] = (byte)(position % 2 == 0 ? both >> 4 : both & 0xF);
        }

        return nibbles;
    }

    private readonly record struct Entry(byte[] Key, byte[] Value);
}
