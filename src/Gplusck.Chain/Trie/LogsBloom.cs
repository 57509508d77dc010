using Gplusck.Chain.Primitives;
using Gplusck.Chain.Rpc;

namespace Gplusck.Chain.Trie;

/// <summary>The 2,048-bit filter of a block or receipt: rules out contracts and topics that did not occur.</summary>
/// <remarks>Yellow Paper section 4.3.1: three bits for each log's address and for each of its topics.</remarks>
public sealed class LogsBloom : IEquatable<LogsBloom>
{
    /// <summary>How many bytes a bloom has.</summary>
    public const int Length = 256;

    private const int BitsPerValue = 3;
    private const int BitMask = (8 * Length) - 1;

    private readonly byte[] _bits;

    private LogsBloom(byte[] bits) => _bits = bits;

    /// <summary>The 256 bytes, most significant bit first as in a header.</summary>
    public ReadOnlySpan<byte> Bytes => _bits;

    /// <summary>The bloom made of exactly 256 bytes.</summary>
    /// <exception cref="ArgumentException">Not 256 bytes.</exception>
    public static LogsBloom FromBytes(ReadOnlySpan<byte> bytes) => bytes.Length == Length
        ? new LogsBloom(bytes.ToArray())
        : throw new ArgumentException($"A bloom is {Length} bytes, not {bytes.Length}.", nameof(bytes));

    /// <summary>The bloom of exactly these logs.</summary>
    public static LogsBloom Of(IEnumerable<LogEntry> logs)
    {
        ArgumentNullException.ThrowIfNull(logs);
        LogsBloom bloom = new(new byte[Length]);
        foreach (LogEntry log in logs)
        {
            bloom.Add(log.Address.ToArray());
            foreach (Hash32 topic in log.Topics)
            {
                bloom.Add(topic.ToArray());
            }
        }

        return bloom;
    }

    /// <summary>False: no log is from this contract. True: there may be one.</summary>
    public bool MayContain(Address address)
    {
        Span<byte> value = stackalloc byte[Address.Length];
        address.CopyTo(value);
        return MayContain(value);
    }

    /// <summary>False: no log has this topic. True: one may have.</summary>
    public bool MayContain(Hash32 topic)
    {
        Span<byte> value = stackalloc byte[Hash32.Length];
        topic.CopyTo(value);
        return MayContain(value);
    }

    /// <inheritdoc/>
    public bool Equals(LogsBloom? other) => other is not null && _bits.AsSpan().SequenceEqual(other._bits);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LogsBloom);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.AddBytes(_bits);
        return hash.ToHashCode();
    }

    private static int BitOf(ReadOnlySpan<byte> digest, int part) =>
        ((digest[2 * part] << 8) | digest[(2 * part) + 1]) & BitMask;

    private bool MayContain(ReadOnlySpan<byte> value)
    {
        Span<byte> digest = stackalloc byte[Hash32.Length];
        Keccak.Hash(value, digest);
        bool all = true;
        for (int part = 0; part < BitsPerValue; part++)
        {
            int bit = BitOf(digest, part);
            all &= (_bits[Length - 1 - (bit / 8)] & (1 << (bit % 8))) != 0;
        }

        return all;
    }

    private void Add(ReadOnlySpan<byte> value)
    {
        Span<byte> digest = stackalloc byte[Hash32.Length];
        Keccak.Hash(value, digest);
        for (int part = 0; part < BitsPerValue; part++)
        {
            int bit = BitOf(digest, part);
            _bits[Length - 1 - (bit / 8)] |= (byte)(1 << (bit % 8));
        }
    }
}
