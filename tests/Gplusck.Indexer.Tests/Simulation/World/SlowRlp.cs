using System.Numerics;
using Org.BouncyCastle.Crypto.Digests;

namespace Gplusck.Indexer.Tests.Simulation.World;

/// <summary>RLP, keccak and the list trie again, written for reading: the chain's hashes owe nothing to ours.</summary>
internal static class SlowRlp
{
    public static byte[] Keccak(byte[] data)
    {
        KeccakDigest digest = new(256);
        digest.BlockUpdate(data, 0, data.Length);
        byte[] hash = new byte[32];
        digest.DoFinal(hash, 0);
        return hash;
    }

    public static byte[] Item(byte[] bytes) =>
        bytes is [< 0x80] ? bytes : [.. Prefix(0x80, bytes.Length), .. bytes];

    public static byte[] Number(BigInteger value) =>
        Item(value.IsZero ? [] : value.ToByteArray(isUnsigned: true, isBigEndian: true));

    public static byte[] List(IEnumerable<byte[]> items)
    {
        byte[] content = [.. items.SelectMany(item => item)];
        return [.. Prefix(0xC0, content.Length), .. content];
    }

    /// <summary>The root of the trie from rlp(index) to each value.</summary>
    public static byte[] RootOf(IReadOnlyList<byte[]> values) => Keccak(values.Count == 0
        ? Item([])
        : Node([.. values.Select((value, index) => (Convert.ToHexStringLower(Number(index)), value))]));

    private static byte[] Prefix(int offset, int length)
    {
        if (length < 56)
        {
            return [(byte)(offset + length)];
        }

        byte[] size = new BigInteger(length).ToByteArray(isUnsigned: true, isBigEndian: true);
        return [(byte)(offset + 55 + size.Length), .. size];
    }

    // Paths are strings of hex digits: one character, one nibble.
    private static byte[] Node((string Path, byte[] Value)[] items)
    {
        if (items.Length == 1)
        {
            return List([Path(items[0].Path, isLeaf: true), Item(items[0].Value)]);
        }

        int shared = 0;
        while (items.All(item => item.Path.Length > shared && item.Path[shared] == items[0].Path[shared]))
        {
            shared++;
        }

        if (shared > 0)
        {
            return List([
                Path(items[0].Path[..shared], isLeaf: false),
                Reference([.. items.Select(item => (item.Path[shared..], item.Value))])]);
        }

        return List([.. "0123456789abcdef".Select(nibble => items.Where(item => item.Path[0] == nibble).ToArray())
            .Select(child => child.Length == 0
                ? Item([])
                : Reference([.. child.Select(item => (item.Path[1..], item.Value))])), Item([])]);
    }

    private static byte[] Reference((string Path, byte[] Value)[] items) =>
        Node(items) is { Length: < 32 } small ? small : Item(Keccak(Node(items)));

    private static byte[] Path(string nibbles, bool isLeaf)
    {
        int flag = (isLeaf ? 2 : 0) + (nibbles.Length % 2);
        return Item(Convert.FromHexString($"{flag}{(nibbles.Length % 2 == 0 ? "0" : "")}{nibbles}"));
    }
}
