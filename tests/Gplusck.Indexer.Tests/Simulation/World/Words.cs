using System.Numerics;

namespace Gplusck.Indexer.Tests.Simulation.World;

/// <summary>ABI encoding for the few events of the simulation, part by part.</summary>
internal static class Words
{
    /// <summary>An integer, negative ones in two's complement.</summary>
    public static byte[] Integer(BigInteger value)
    {
        BigInteger word = value.Sign < 0 ? value + (BigInteger.One << 256) : value;
        byte[] bytes = word.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[32 - bytes.Length], .. bytes];
    }

    public static byte[] Address(string address) => [.. new byte[12], .. FakeLog.Bytes(address)];

    public static byte[] Bytes(byte[] bytes) =>
        [.. Integer(bytes.Length), .. bytes, .. new byte[(32 - (bytes.Length % 32)) % 32]];

    public static byte[] Array(IEnumerable<BigInteger> values)
    {
        byte[][] words = [.. values.Select(Integer)];
        return [.. Integer(words.Length), .. words.SelectMany(word => word)];
    }

    /// <summary>Parameters in order; a dynamic one stands behind the others, with its offset in its place.</summary>
    public static byte[] Parameters(params (bool IsDynamic, byte[] Encoding)[] parts)
    {
        int heads = parts.Sum(part => part.IsDynamic ? 32 : part.Encoding.Length);
        List<byte> head = [];
        List<byte> tail = [];
        foreach ((bool isDynamic, byte[] encoding) in parts)
        {
            head.AddRange(isDynamic ? Integer(heads + tail.Count) : encoding);
            tail.AddRange(isDynamic ? encoding : []);
        }

        return [.. head, .. tail];
    }

    /// <summary>The topic of an event.</summary>
    public static string Topic(string signature) =>
        FakeLog.Hex(SlowRlp.Keccak(System.Text.Encoding.ASCII.GetBytes(signature)));
}
