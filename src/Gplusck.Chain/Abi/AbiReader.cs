using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using Gplusck.Chain.Primitives;

namespace Gplusck.Chain.Abi;

/// <summary>
/// Walks ABI-encoded bytes from left to right: static words in place, dynamic values behind their offsets.
/// </summary>
/// <remarks>
/// <para>
/// Accepts what the decoder of Solidity accepts (ABI coder v2): a word must be the canonical form of its type, an
/// offset may point anywhere inside the data, and the padding after <c>bytes</c> and <c>string</c> is not looked at.
/// </para>
/// <para>
/// Every read is checked first and throws <see cref="AbiException"/> only. Nothing is allocated for a word, and nothing
/// is allocated for a length that the data cannot hold. Values may share bytes, but all reads together may not exceed
/// <see cref="RereadsMax"/> times the data: otherwise a few offsets to one array would multiply it.
/// </para>
/// </remarks>
public ref struct AbiReader
{
    /// <summary>How often a byte may be read on average.</summary>
    public const int RereadsMax = 4;

    private readonly ReadOnlySpan<byte> _data;
    private int _start;
    private int _head;
    private long _budgetBytes;

    /// <summary>A reader at the first word of an encoded parameter list.</summary>
    public AbiReader(ReadOnlySpan<byte> data)
    {
        _data = data;
        _budgetBytes = (long)data.Length * RereadsMax;
    }

    /// <summary>The next 32 bytes, whatever they mean.</summary>
    public ReadOnlySpan<byte> ReadWord()
    {
        ReadOnlySpan<byte> word = Take(AbiType.WordBytes);
        _head += AbiType.WordBytes;
        return word;
    }

    /// <summary>A <c>uint8</c>.</summary>
    public byte ReadUInt8() => (byte)ReadUInt64(8);

    /// <summary>A <c>uint16</c>.</summary>
    public ushort ReadUInt16() => (ushort)ReadUInt64(16);

    /// <summary>A <c>uint17</c> to <c>uint32</c>.</summary>
    public uint ReadUInt32(int bits = 32) => (uint)ReadUInt64(bits);

    /// <summary>An unsigned integer of up to 64 bits.</summary>
    public ulong ReadUInt64(int bits = 64)
    {
        ReadOnlySpan<byte> word = ReadWord();
        ulong value = BinaryPrimitives.ReadUInt64BigEndian(word[24..]);
        bool fits = word[..24].IndexOfAnyExcept((byte)0) < 0 && (bits == 64 || value >> bits == 0);
        return fits ? value : throw Dirty($"uint{bits}");
    }

    /// <summary>An unsigned integer of up to 256 bits.</summary>
    public BigInteger ReadUInt256(int bits = 256)
    {
        ReadOnlySpan<byte> word = ReadWord();
        return word[..(AbiType.WordBytes - (bits / 8))].IndexOfAnyExcept((byte)0) < 0
            ? new BigInteger(word, isUnsigned: true, isBigEndian: true)
            : throw Dirty($"uint{bits}");
    }

    /// <summary>An <c>int8</c>.</summary>
    public sbyte ReadInt8() => (sbyte)ReadInt64(8);

    /// <summary>An <c>int16</c>.</summary>
    public short ReadInt16() => (short)ReadInt64(16);

    /// <summary>An <c>int17</c> to <c>int32</c>.</summary>
    public int ReadInt32(int bits = 32) => (int)ReadInt64(bits);

    /// <summary>A signed integer of up to 64 bits.</summary>
    public long ReadInt64(int bits = 64)
    {
        ReadOnlySpan<byte> word = ReadWord();
        long value = BinaryPrimitives.ReadInt64BigEndian(word[24..]);
        bool fits = word[..24].IndexOfAnyExcept(SignByte(value < 0)) < 0
            && value << (64 - bits) >> (64 - bits) == value;
        return fits ? value : throw Dirty($"int{bits}");
    }

    /// <summary>A signed integer of up to 256 bits.</summary>
    public BigInteger ReadInt256(int bits = 256)
    {
        ReadOnlySpan<byte> word = ReadWord();
        int first = AbiType.WordBytes - (bits / 8);
        return word[..first].IndexOfAnyExcept(SignByte(word[first] >= 0x80)) < 0
            ? new BigInteger(word, isUnsigned: false, isBigEndian: true)
            : throw Dirty($"int{bits}");
    }

    /// <summary>A <c>bool</c>.</summary>
    public bool ReadBool()
    {
        ReadOnlySpan<byte> word = ReadWord();
        return word[..31].IndexOfAnyExcept((byte)0) < 0 && word[31] <= 1 ? word[31] == 1 : throw Dirty("bool");
    }

    /// <summary>An <c>address</c>.</summary>
    public Address ReadAddress()
    {
        ReadOnlySpan<byte> word = ReadWord();
        return word[..12].IndexOfAnyExcept((byte)0) < 0 ? Address.FromBytes(word[12..]) : throw Dirty("address");
    }

    /// <summary>A <c>bytes32</c>.</summary>
    public Hash32 ReadBytes32() => Hash32.FromBytes(ReadWord());

    /// <summary>A <c>bytes1</c> to <c>bytes32</c>, without a copy.</summary>
    public ReadOnlySpan<byte> ReadFixedBytesSpan(int length)
    {
        ReadOnlySpan<byte> word = ReadWord();
        return word[length..].IndexOfAnyExcept((byte)0) < 0 ? word[..length] : throw Dirty($"bytes{length}");
    }

    /// <summary>A <c>bytes1</c> to <c>bytes32</c>.</summary>
    public byte[] ReadFixedBytes(int length) => ReadFixedBytesSpan(length).ToArray();

    /// <summary>A <c>bytes</c>, or the bytes of a <c>string</c>, without a copy.</summary>
    public ReadOnlySpan<byte> ReadBytesSpan()
    {
        AbiFrame outer = Enter();
        int length = ReadLength();
        ReadOnlySpan<byte> bytes = Take(length);
        Leave(outer);
        return bytes;
    }

    /// <summary>A <c>bytes</c>.</summary>
    public byte[] ReadBytes() => ReadBytesSpan().ToArray();

    /// <summary>A <c>string</c>; bytes that are not UTF-8 become U+FFFD, as contracts may emit anything.</summary>
    public string ReadString() => Encoding.UTF8.GetString(ReadBytesSpan());

    /// <summary>A <c>T[]</c>.</summary>
    /// <param name="elementHeadBytes">Head of one element; 32 for a dynamic one.</param>
    /// <param name="read">Reads one element, its offset included when it is dynamic.</param>
    public IReadOnlyList<T> ReadArray<T>(int elementHeadBytes, AbiRead<T> read)
    {
        AbiFrame outer = EnterArray(elementHeadBytes, out int count);
        T[] values = ReadElements(count, elementHeadBytes, read);
        Leave(outer);
        return values;
    }

    /// <summary>A <c>T[N]</c> of static elements; one of dynamic elements after <see cref="Enter"/>.</summary>
    public T[] ReadElements<T>(int count, int elementHeadBytes, AbiRead<T> read)
    {
        RequireHead(count, elementHeadBytes);
        T[] values = new T[count];
        for (int index = 0; index < count; index++)
        {
            values[index] = read(ref this);
        }

        return values;
    }

    /// <summary>A dynamic tuple: one with a dynamic member. A static one is read in place.</summary>
    public T ReadTuple<T>(AbiRead<T> read)
    {
        AbiFrame outer = Enter();
        T value = read(ref this);
        Leave(outer);
        return value;
    }

    /// <summary>Reads the offset of a dynamic value and goes to its first byte.</summary>
    /// <returns>What <see cref="Leave"/> needs to go on behind the offset.</returns>
    public AbiFrame Enter()
    {
        int position = _head;
        ReadOnlySpan<byte> word = ReadWord();
        if (!TryReadInt(word, out int offset) || offset > _data.Length - _start)
        {
            throw new AbiException($"The offset in byte {position} points outside the {_data.Length} bytes of data.");
        }

        AbiFrame outer = new(_start, _head);
        _start += offset;
        _head = _start;
        return outer;
    }

    /// <summary>Reads the offset and the length of a dynamic array and goes to its first element.</summary>
    public AbiFrame EnterArray(int elementHeadBytes, out int count)
    {
        AbiFrame outer = Enter();
        count = ReadLength();
        _start = _head;
        RequireHead(count, elementHeadBytes);
        return outer;
    }

    /// <summary>Goes back to the tuple or array that a dynamic value was entered from.</summary>
    public void Leave(AbiFrame outer)
    {
        _start = outer.Start;
        _head = outer.Head;
    }

    private int ReadLength()
    {
        int position = _head;
        return TryReadInt(ReadWord(), out int length)
            ? length
            : throw new AbiException($"The length in byte {position} is more than {_data.Length} bytes of data hold.");
    }

    private readonly void RequireHead(int count, int elementHeadBytes)
    {
        if ((long)count * elementHeadBytes > _data.Length - _head)
        {
            throw new AbiException($"{count} elements do not fit between byte {_head} and the end at {_data.Length}.");
        }
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > _data.Length - _head)
        {
            throw new AbiException($"The data ends at byte {_data.Length}, inside {length} bytes from byte {_head}.");
        }

        _budgetBytes -= length;
        return _budgetBytes >= 0
            ? _data.Slice(_head, length)
            : throw new AbiException($"The {_data.Length} bytes of data are read more than {RereadsMax} times over.");
    }

    private static bool TryReadInt(ReadOnlySpan<byte> word, out int value)
    {
        value = BinaryPrimitives.ReadInt32BigEndian(word[28..]);
        return value >= 0 && word[..28].IndexOfAnyExcept((byte)0) < 0;
    }

    private static byte SignByte(bool negative) => negative ? (byte)0xFF : (byte)0;

    private readonly AbiException Dirty(string type) =>
        new($"The word in byte {_head - AbiType.WordBytes} is not a {type}: bits outside the type are set.");
}
