using System.Buffers.Binary;

namespace Gplusck.Chain.Primitives;

/// <summary>Keccak-256 as Ethereum uses it (the padding before SHA-3 was standardised).</summary>
/// <remarks>Allocates nothing and holds no state, so any thread may call it at any time.</remarks>
public static class Keccak
{
    private const int RateBytes = 136;
    private const int StateLanes = 25;
    private const byte PaddingStart = 0x01;
    private const byte PaddingEnd = 0x80;

    /// <summary>The hash of <paramref name="data"/>.</summary>
    public static Hash32 Hash(ReadOnlySpan<byte> data)
    {
        Span<byte> digest = stackalloc byte[Hash32.Length];
        Hash(data, digest);
        return Hash32.FromBytes(digest);
    }

    /// <summary>Writes the hash of <paramref name="data"/> into <paramref name="destination32"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="destination32"/> is not 32 bytes.</exception>
    public static void Hash(ReadOnlySpan<byte> data, Span<byte> destination32)
    {
        if (destination32.Length != Hash32.Length)
        {
            throw new ArgumentException($"A Keccak-256 hash is {Hash32.Length} bytes.", nameof(destination32));
        }

        Span<ulong> state = stackalloc ulong[StateLanes];
        state.Clear();
        while (data.Length >= RateBytes)
        {
            Absorb(state, data[..RateBytes]);
            data = data[RateBytes..];
        }

        Span<byte> last = stackalloc byte[RateBytes];
        last.Clear();
        data.CopyTo(last);
        last[data.Length] = PaddingStart;
        last[^1] |= PaddingEnd;
        Absorb(state, last);
        for (int lane = 0; lane < Hash32.Length / sizeof(ulong); lane++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(destination32[(lane * sizeof(ulong))..], state[lane]);
        }
    }

    private static void Absorb(Span<ulong> state, ReadOnlySpan<byte> block)
    {
        for (int lane = 0; lane < RateBytes / sizeof(ulong); lane++)
        {
            state[lane] ^= BinaryPrimitives.ReadUInt64LittleEndian(block[(lane * sizeof(ulong))..]);
        }

        KeccakPermutation.Apply(state);
    }
}
