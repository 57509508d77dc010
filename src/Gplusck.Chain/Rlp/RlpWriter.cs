using System.Buffers.Binary;
using System.Numerics;
using Gplusck.Chain.Primitives;

namespace Gplusck.Chain.Rlp;

/// <summary>Writes Recursive Length Prefix, Ethereum's encoding of nested byte strings.</summary>
/// <remarks>
/// Yellow Paper appendix B. Integers are written without leading zeros, zero as the empty string. Each list is
/// opened with <see cref="StartList"/> and closed with <see cref="EndList"/>, which puts the header before the payload.
/// </remarks>
public sealed class RlpWriter
{
    private const int ShortLengthMax = 55;
    private const byte StringOffset = 0x80;
    private const byte ListOffset = 0xC0;
    private const int HeaderBytesMax = 5;

    private readonly Stack<int> _openLists = new();
    private byte[] _buffer = new byte[256];
    private int _length;

    /// <summary>Everything written so far. Valid until the next write.</summary>
    /// <exception cref="InvalidOperationException">A list is still open.</exception>
    public ReadOnlySpan<byte> Written => _openLists.Count == 0
        ? _buffer.AsSpan(0, _length)
        : throw new InvalidOperationException("A list is still open.");

    /// <summary>A copy of <see cref="Written"/>.</summary>
    public byte[] ToArray() => Written.ToArray();

    /// <summary>Opens a list; what is written until <see cref="EndList"/> are its items.</summary>
    public void StartList() => _openLists.Push(_length);

    /// <summary>Closes the list opened last.</summary>
    public void EndList()
    {
        int start = _openLists.Pop();
        int payload = _length - start;
        Span<byte> header = stackalloc byte[HeaderBytesMax];
        header = header[..WriteHeader(header, payload, ListOffset)];
        Reserve(header.Length);
        _buffer.AsSpan(start, payload).CopyTo(_buffer.AsSpan(start + header.Length));
        header.CopyTo(_buffer.AsSpan(start));
        _length += header.Length;
    }

    /// <summary>Writes a byte string.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length == 1 && bytes[0] < StringOffset)
        {
            WriteEncoded(bytes);
            return;
        }

        Span<byte> header = stackalloc byte[HeaderBytesMax];
        WriteEncoded(header[..WriteHeader(header, bytes.Length, StringOffset)]);
        WriteEncoded(bytes);
    }

    /// <summary>Writes an unsigned integer.</summary>
    public void Write(ulong value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        Write(bytes[(BitOperations.LeadingZeroCount(value) / 8)..]);
    }

    /// <summary>Writes an unsigned integer of any size.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The integer is negative: RLP has no such thing.</exception>
    public void Write(BigInteger value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        Write(value.IsZero ? [] : value.ToByteArray(isUnsigned: true, isBigEndian: true));
    }

    /// <summary>Writes the 20 bytes of an address.</summary>
    public void Write(Address address)
    {
        Span<byte> bytes = stackalloc byte[Address.Length];
        address.CopyTo(bytes);
        Write(bytes);
    }

    /// <summary>Writes the 32 bytes of a hash.</summary>
    public void Write(Hash32 hash)
    {
        Span<byte> bytes = stackalloc byte[Hash32.Length];
        hash.CopyTo(bytes);
        Write(bytes);
    }

    /// <summary>Writes an item that is RLP already.</summary>
    public void WriteEncoded(ReadOnlySpan<byte> item)
    {
        Reserve(item.Length);
        item.CopyTo(_buffer.AsSpan(_length));
        _length += item.Length;
    }

    private static int WriteHeader(Span<byte> header, int length, byte offset)
    {
        if (length <= ShortLengthMax)
        {
            header[0] = (byte)(offset + length);
            return 1;
        }

        Span<byte> bigEndian = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bigEndian, (uint)length);
        bigEndian = bigEndian[(BitOperations.LeadingZeroCount((uint)length) / 8)..];
        header[0] = (byte)(offset + ShortLengthMax + bigEndian.Length);
        bigEndian.CopyTo(header[1..]);
        return 1 + bigEndian.Length;
    }

    private void Reserve(int bytes)
    {
        if (_buffer.Length - _length < bytes)
        {
            Array.Resize(ref _buffer, int.Max(2 * _buffer.Length, _length + bytes));
        }
    }
}
