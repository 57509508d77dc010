using System.Buffers.Binary;
using System.Runtime.Intrinsics;
using Gplusck.Chain.Abi;

namespace Gplusck.Indexer.Decoding;

/// <summary>Walks ABI-encoded bytes under the rules of <see cref="AbiReader"/> without exceptions or objects.</summary>
/// <remarks>
/// Anyone can log garbage under our topics for little gas, and an exception for each such log would cost more than a
/// thousand good ones. A failed read says false and leaves <see cref="Reason"/>, in the words of the reader; after it
/// the cursor is of no use. A test holds both to the same verdicts.
/// </remarks>
internal ref struct AbiCursor
{
    private readonly ReadOnlySpan<byte> _data;
    private int _start;
    private int _head;
    private long _budgetBytes;

    public AbiCursor(ReadOnlySpan<byte> data)
    {
        _data = data;
        _budgetBytes = (long)data.Length * AbiReader.RereadsMax;
    }

    // Every mask is 32 of these bytes in a row.
    private static ReadOnlySpan<byte> Masks =>
    [
        0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ];

    /// <summary>Why the last read failed.</summary>
    public string? Reason { get; private set; }

    /// <summary>Where reading goes on; saved before a dynamic value is entered, it leads back out of it.</summary>
    public (int Start, int Head) Place
    {
        readonly get => (_start, _head);
        set => (_start, _head) = value;
    }

    /// <summary>The next 32 bytes.</summary>
    public bool TryWord(out ReadOnlySpan<byte> word)
    {
        bool isThere = TryTake(AbiType.WordBytes, out word);
        _head += AbiType.WordBytes;
        return isThere;
    }

    /// <summary>The next word, whose first bytes must be zero as in a <paramref name="type"/>.</summary>
    public bool TryLeftPadded(int padding, string type, out ReadOnlySpan<byte> word) =>
        TryWord(out word) && (IsClear(word, First(padding)) || Dirty(type));

    /// <summary>The next word, whose last bytes must be zero as in a <paramref name="type"/>.</summary>
    public bool TryRightPadded(int length, string type, out ReadOnlySpan<byte> word) =>
        TryWord(out word) && (IsClear(word, ~First(length)) || Dirty(type));

    /// <summary>The next word, whose first bytes must repeat the sign as in a <paramref name="type"/>.</summary>
    public bool TrySigned(int padding, string type, out ReadOnlySpan<byte> word) =>
        TryWord(out word)
        && (word[..padding].IndexOfAnyExcept(word[padding] >= 0x80 ? (byte)0xFF : (byte)0) < 0 || Dirty(type));

    /// <summary>A <c>bool</c>.</summary>
    public bool TryBool(out bool value)
    {
        bool isRead = TryLeftPadded(AbiType.WordBytes - 1, "bool", out ReadOnlySpan<byte> word);
        value = isRead && word[^1] == 1;
        return isRead && (word[^1] <= 1 || Dirty("bool"));
    }

    /// <summary>A <c>bytes</c>, or the bytes of a <c>string</c>.</summary>
    public bool TryBytes(out ReadOnlySpan<byte> bytes)
    {
        (int Start, int Head) outer = (_start, _head + AbiType.WordBytes);
        bytes = default;
        bool isRead = TryEnter() && TryLength(out int length) && TryTake(length, out bytes);
        Place = outer;
        return isRead;
    }

    /// <summary>An <c>address</c>, <c>bytesN</c>, <c>function</c> or <c>bytes</c>.</summary>
    public bool TryBytesOf(AbiType type, out ReadOnlySpan<byte> bytes)
    {
        const int AddressPadding = 12;
        bool isRead;
        switch (type.Kind)
        {
            case AbiKind.Bytes:
                return TryBytes(out bytes);
            case AbiKind.Address:
                isRead = TryLeftPadded(AddressPadding, type.Name, out bytes);
                bytes = isRead ? bytes[AddressPadding..] : default;
                return isRead;
            default:
                isRead = TryRightPadded(type.Size, type.Kind == AbiKind.Function ? "bytes24" : type.Name, out bytes);
                bytes = isRead ? bytes[..type.Size] : default;
                return isRead;
        }
    }

    /// <summary>Reads the offset of a dynamic value and goes to its first byte.</summary>
    public bool TryEnter()
    {
        int position = _head;
        if (!TryWord(out ReadOnlySpan<byte> word))
        {
            return false;
        }

        if (!TryInt(word, out int offset) || offset > _data.Length - _start)
        {
            return Fail($"The offset in byte {position} points outside the {_data.Length} bytes of data.");
        }

        _start += offset;
        _head = _start;
        return true;
    }

    /// <summary>Reads the offset and the length of a dynamic array and goes to its first element.</summary>
    public bool TryEnterArray(int elementHeadBytes, out int count)
    {
        if (!TryEnter() || !TryLength(out count))
        {
            count = 0;
            return false;
        }

        _start = _head;
        return HasHead(count, elementHeadBytes);
    }

    /// <summary>Whether the data can hold so many elements from here on.</summary>
    public bool HasHead(int count, int elementHeadBytes) =>
        (long)count * elementHeadBytes <= _data.Length - _head
        || Fail($"{count} elements do not fit between byte {_head} and the end at {_data.Length}.");

    private bool TryLength(out int length)
    {
        int position = _head;
        length = 0;
        return TryWord(out ReadOnlySpan<byte> word)
            && (TryInt(word, out length)
                || Fail($"The length in byte {position} is more than {_data.Length} bytes of data hold."));
    }

    private bool TryTake(int length, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        if (length > _data.Length - _head)
        {
            return Fail($"The data ends at byte {_data.Length}, inside {length} bytes from byte {_head}.");
        }

        _budgetBytes -= length;
        if (_budgetBytes < 0)
        {
            return Fail($"The {_data.Length} bytes of data are read more than {AbiReader.RereadsMax} times over.");
        }

        bytes = _data.Slice(_head, length);
        return true;
    }

    /// <summary>A mask of the first bytes of a word.</summary>
    private static Vector256<byte> First(int bytes) => Vector256.Create(Masks.Slice(AbiType.WordBytes - bytes));

    private static bool IsClear(ReadOnlySpan<byte> word, Vector256<byte> mask) =>
        (Vector256.Create(word) & mask) == Vector256<byte>.Zero;

    private static bool TryInt(ReadOnlySpan<byte> word, out int value)
    {
        value = BinaryPrimitives.ReadInt32BigEndian(word[28..]);
        return value >= 0 && IsClear(word, First(AbiType.WordBytes - sizeof(int)));
    }

    private bool Dirty(string type) =>
        Fail($"The word in byte {_head - AbiType.WordBytes} is not a {type}: bits outside the type are set.");

    private bool Fail(string reason)
    {
        Reason = reason;
        return false;
    }
}
