using System.Numerics;
using Gplusck.Chain.Primitives;

namespace Gplusck.Chain.Rlp;

/// <summary>Reads Recursive Length Prefix, item by item, refusing every form but the canonical one.</summary>
/// <remarks>
/// Yellow Paper appendix B. Every wrong, overlong or truncated item is an <see cref="RlpException"/> and nothing else;
/// lengths are compared with what is there before they are used. Copies no bytes.
/// </remarks>
public ref struct RlpReader
{
    private const byte StringOffset = 0x80;
    private const byte LongStringOffset = 0xB7;
    private const byte ListOffset = 0xC0;
    private const byte LongListOffset = 0xF7;
    private const int ShortLengthMax = 55;

    private ReadOnlySpan<byte> _rest;

    /// <summary>A reader of a sequence of items.</summary>
    public RlpReader(ReadOnlySpan<byte> encoded) => _rest = encoded;

    /// <summary>Whether all items have been read.</summary>
    public readonly bool AtEnd => _rest.IsEmpty;

    /// <summary>Whether the next item is a list.</summary>
    public readonly bool NextIsList => !_rest.IsEmpty && _rest[0] >= ListOffset;

    /// <summary>Refuses anything after the last item that was expected.</summary>
    public readonly void RequireEnd()
    {
        if (!AtEnd)
        {
            throw new RlpException($"RLP goes on for {_rest.Length} bytes after its last item.");
        }
    }

    /// <summary>The items of a list.</summary>
    public RlpReader ReadList() => NextIsList
        ? new RlpReader(Take(LongListOffset, ListOffset))
        : throw new RlpException("Expected an RLP list, found a string or nothing.");

    /// <summary>A byte string.</summary>
    public ReadOnlySpan<byte> ReadBytes()
    {
        if (NextIsList || AtEnd)
        {
            throw new RlpException("Expected an RLP string, found a list or nothing.");
        }

        if (_rest[0] < StringOffset)
        {
            ReadOnlySpan<byte> single = _rest[..1];
            _rest = _rest[1..];
            return single;
        }

        ReadOnlySpan<byte> bytes = Take(LongStringOffset, StringOffset);
        return bytes.Length == 1 && bytes[0] < StringOffset
            ? throw new RlpException("RLP spends a length on a byte that stands for itself.")
            : bytes;
    }

    /// <summary>An unsigned integer without leading zeros.</summary>
    public BigInteger ReadInteger() => new(ReadDigits(), isUnsigned: true, isBigEndian: true);

    /// <summary>An unsigned integer of at most 64 bits without leading zeros.</summary>
    public ulong ReadUInt64()
    {
        ReadOnlySpan<byte> digits = ReadDigits();
        if (digits.Length > sizeof(ulong))
        {
            throw new RlpException("An RLP integer is larger than 64 bits.");
        }

        ulong value = 0;
        foreach (byte digit in digits)
        {
            value = (value << 8) | digit;
        }

        return value;
    }

    /// <summary>The 20 bytes of an address.</summary>
    public Address ReadAddress() => Address.FromBytes(ReadExactly(Address.Length));

    /// <summary>The 32 bytes of a hash.</summary>
    public Hash32 ReadHash() => Hash32.FromBytes(ReadExactly(Hash32.Length));

    private ReadOnlySpan<byte> ReadExactly(int length)
    {
        ReadOnlySpan<byte> bytes = ReadBytes();
        return bytes.Length == length
            ? bytes
            : throw new RlpException($"Expected {length} bytes of RLP, found {bytes.Length}.");
    }

    private ReadOnlySpan<byte> ReadDigits()
    {
        ReadOnlySpan<byte> digits = ReadBytes();
        return digits is [0, ..] ? throw new RlpException("An RLP integer has leading zeros.") : digits;
    }

    private ReadOnlySpan<byte> Take(byte longOffset, byte shortOffset)
    {
        int start = 1;
        ulong length = (ulong)(_rest[0] - shortOffset);
        if (_rest[0] > longOffset)
        {
            start += _rest[0] - longOffset;
            length = LongLength(_rest.Length < start ? default : _rest[1..start]);
        }

        if (length > (ulong)(_rest.Length - start))
        {
            throw new RlpException("RLP ends in the middle of an item.");
        }

        ReadOnlySpan<byte> payload = _rest.Slice(start, (int)length);
        _rest = _rest[(start + (int)length)..];
        return payload;
    }

    private static ulong LongLength(ReadOnlySpan<byte> bigEndian)
    {
        if (bigEndian.IsEmpty)
        {
            throw new RlpException("RLP ends in the middle of a length.");
        }

        ulong length = 0;
        foreach (byte digit in bigEndian)
        {
            length = (length << 8) | digit;
        }

        return bigEndian[0] == 0 || length <= ShortLengthMax
            ? throw new RlpException("An RLP length is longer than it need be.")
            : length;
    }
}
