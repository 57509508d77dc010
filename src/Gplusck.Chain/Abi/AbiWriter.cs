using System.Buffers.Binary;
using System.Diagnostics;
using System.Numerics;
using System.Text;
using Gplusck.Chain.Primitives;

namespace Gplusck.Chain.Abi;

/// <summary>Encodes values in the order of their types: static words into the head, dynamic values behind it.</summary>
/// <remarks>
/// Writes the canonical (strict) encoding. A value that its type cannot hold throws <see cref="AbiException"/>.
/// </remarks>
public sealed class AbiWriter
{
    private const int SelectorBytes = 4;

    // Replacing a lone surrogate would send other text than was asked for.
    private static readonly UTF8Encoding StrictUtf8 = new(
        encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private byte[] _buffer;
    private int _length;
    private int _start;
    private int _head;

    /// <summary>A writer of a parameter list.</summary>
    /// <param name="headBytes">
    /// Length of the list's head: the sum of its types' <see cref="AbiType.HeadBytes"/>.
    /// </param>
    public AbiWriter(int headBytes)
    {
        _buffer = new byte[headBytes];
        _length = headBytes;
    }

    /// <summary>A writer of call data: the selector, then the parameter list.</summary>
    public AbiWriter(uint selector, int headBytes)
    {
        _buffer = new byte[SelectorBytes + headBytes];
        BinaryPrimitives.WriteUInt32BigEndian(_buffer, selector);
        _length = _buffer.Length;
        _start = SelectorBytes;
        _head = SelectorBytes;
    }

    /// <summary>A copy of what was written.</summary>
    public byte[] ToArray() => _buffer[.._length];

    /// <summary>An unsigned integer of <paramref name="bits"/> bits.</summary>
    public AbiWriter WriteUInt(ulong value, int bits)
    {
        if (bits < 64 && value >> bits != 0)
        {
            throw OutOfRange(value, $"uint{bits}");
        }

        BinaryPrimitives.WriteUInt64BigEndian(NextWord()[24..], value);
        return this;
    }

    /// <inheritdoc cref="WriteUInt(ulong, int)"/>
    public AbiWriter WriteUInt(BigInteger value, int bits)
    {
        Span<byte> word = NextWord();
        if (value.Sign < 0 || value.GetBitLength() > bits)
        {
            throw OutOfRange(value, $"uint{bits}");
        }

        value.TryWriteBytes(word[^value.GetByteCount(isUnsigned: true)..], out _, isUnsigned: true, isBigEndian: true);
        return this;
    }

    /// <summary>A signed integer of <paramref name="bits"/> bits.</summary>
    public AbiWriter WriteInt(long value, int bits)
    {
        if (bits < 64 && value << (64 - bits) >> (64 - bits) != value)
        {
            throw OutOfRange(value, $"int{bits}");
        }

        Span<byte> word = NextWord();
        word.Fill(value < 0 ? (byte)0xFF : (byte)0);
        BinaryPrimitives.WriteInt64BigEndian(word[24..], value);
        return this;
    }

    /// <inheritdoc cref="WriteInt(long, int)"/>
    public AbiWriter WriteInt(BigInteger value, int bits)
    {
        Span<byte> word = NextWord();
        if (value.GetBitLength() >= bits)
        {
            throw OutOfRange(value, $"int{bits}");
        }

        word.Fill(value.Sign < 0 ? (byte)0xFF : (byte)0);
        value.TryWriteBytes(word[^value.GetByteCount()..], out _, isUnsigned: false, isBigEndian: true);
        return this;
    }

    /// <summary>A <c>bool</c>.</summary>
    public AbiWriter WriteBool(bool value)
    {
        NextWord()[31] = value ? (byte)1 : (byte)0;
        return this;
    }

    /// <summary>An <c>address</c>.</summary>
    public AbiWriter WriteAddress(Address value)
    {
        value.CopyTo(NextWord()[12..]);
        return this;
    }

    /// <summary>A <c>bytes32</c>.</summary>
    public AbiWriter WriteBytes32(Hash32 value)
    {
        value.CopyTo(NextWord());
        return this;
    }

    /// <summary>
    /// A <c>bytes1</c> to <c>bytes32</c>; <paramref name="value"/> has exactly <paramref name="length"/> bytes.
    /// </summary>
    public AbiWriter WriteFixedBytes(ReadOnlySpan<byte> value, int length)
    {
        if (value.Length != length)
        {
            throw new AbiException($"A bytes{length} has {length} bytes, not {value.Length}.");
        }

        value.CopyTo(NextWord());
        return this;
    }

    /// <summary>A <c>bytes</c>.</summary>
    public AbiWriter WriteBytes(ReadOnlySpan<byte> value)
    {
        int paddedBytes = checked(value.Length + AbiType.WordBytes - 1) / AbiType.WordBytes * AbiType.WordBytes;
        AbiFrame outer = Enter(AbiType.WordBytes + paddedBytes);
        WriteUInt((ulong)value.Length, 64);
        value.CopyTo(_buffer.AsSpan(_head));
        _head += paddedBytes;
        Leave(outer);
        return this;
    }

    /// <summary>A <c>string</c>, as UTF-8.</summary>
    public AbiWriter WriteString(string value)
    {
        try
        {
            return WriteBytes(StrictUtf8.GetBytes(value));
        }
        catch (EncoderFallbackException exception)
        {
            throw new AbiException("A string with half a surrogate pair has no UTF-8 form.", exception);
        }
    }

    /// <summary>A <c>T[]</c>.</summary>
    /// <param name="values">The elements.</param>
    /// <param name="elementHeadBytes">Head of one element; 32 for a dynamic one.</param>
    /// <param name="write">Writes one element, its offset included when it is dynamic.</param>
    public AbiWriter WriteArray<T>(IReadOnlyList<T> values, int elementHeadBytes, Action<AbiWriter, T> write)
    {
        AbiFrame outer = EnterArray(values.Count, elementHeadBytes);
        WriteElements(values, values.Count, write);
        Leave(outer);
        return this;
    }

    /// <summary>A <c>T[N]</c> of static elements; one of dynamic elements after <see cref="Enter"/>.</summary>
    public AbiWriter WriteElements<T>(IReadOnlyList<T> values, int count, Action<AbiWriter, T> write)
    {
        if (values.Count != count)
        {
            throw new AbiException($"The array has {count} elements, not {values.Count}.");
        }

        foreach (T value in values)
        {
            write(this, value);
        }

        return this;
    }

    /// <summary>A dynamic tuple: one with a dynamic member. A static one is written in place.</summary>
    public AbiWriter WriteTuple<T>(T value, int headBytes, Action<AbiWriter, T> write)
    {
        AbiFrame outer = Enter(headBytes);
        write(this, value);
        Leave(outer);
        return this;
    }

    /// <summary>A static tuple, in place.</summary>
    public AbiWriter WriteInPlace<T>(T value, Action<AbiWriter, T> write)
    {
        write(this, value);
        return this;
    }

    /// <summary>
    /// Writes the offset of a dynamic value and goes to its head, made at the end of what is written.
    /// </summary>
    /// <returns>What <see cref="Leave"/> needs to go on behind the offset.</returns>
    public AbiFrame Enter(int headBytes)
    {
        WriteUInt((ulong)(_length - _start), 64);
        AbiFrame outer = new(_start, _head);
        _start = _length;
        _head = _start;
        Reserve(headBytes);
        return outer;
    }

    /// <summary>Writes the offset and the length of a dynamic array and goes to its first element.</summary>
    public AbiFrame EnterArray(int count, int elementHeadBytes)
    {
        AbiFrame outer = Enter(checked(AbiType.WordBytes + (count * elementHeadBytes)));
        WriteUInt((ulong)count, 64);
        _start = _head;
        return outer;
    }

    /// <summary>Goes back to the tuple or array that a dynamic value was entered from.</summary>
    public void Leave(AbiFrame outer)
    {
        _start = outer.Start;
        _head = outer.Head;
    }

    private Span<byte> NextWord()
    {
        Debug.Assert(_head + AbiType.WordBytes <= _length, "More values than the head was made for.");
        Span<byte> word = _buffer.AsSpan(_head, AbiType.WordBytes);
        _head += AbiType.WordBytes;
        return word;
    }

    private void Reserve(int bytes)
    {
        int length = checked(_length + bytes);
        if (length > _buffer.Length)
        {
            Array.Resize(ref _buffer, (int)Math.Min(Math.Max(length, 2L * _buffer.Length), Array.MaxLength));
        }

        _length = length;
    }

    private static AbiException OutOfRange(BigInteger value, string type) =>
        new($"{value} is out of the range of {type}.");
}
