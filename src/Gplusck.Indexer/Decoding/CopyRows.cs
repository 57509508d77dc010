using System.Buffers;
using System.Buffers.Binary;

namespace Gplusck.Indexer.Decoding;

/// <summary>Rows for one table as the tuples of Postgres' binary COPY, in one pooled buffer.</summary>
/// <remarks>
/// Each row is the number of fields (16 bits), then each field's length (32 bits) and bytes, all big-endian: PostgreSQL
/// documentation, COPY, Binary Format. Signature, flags and trailer are whoever's who sends it.
/// </remarks>
internal sealed class CopyRows : IDisposable
{
    private const int FirstBytes = 16 * 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstBytes);
    private int _length;

    /// <summary>Rows begun so far.</summary>
    public int Count { get; private set; }

    /// <summary>The tuples, valid until the next write or <see cref="Dispose"/>.</summary>
    public ReadOnlyMemory<byte> Tuples => _buffer.AsMemory(0, _length);

    /// <summary>Bytes written so far; a place to return to with <see cref="CutTo"/>.</summary>
    public int Length => _length;

    public void BeginRow(short fields)
    {
        BinaryPrimitives.WriteInt16BigEndian(Grow(sizeof(short)), fields);
        Count++;
    }

    /// <summary>Writes a field's length and returns the place for its bytes, valid until the next write.</summary>
    public Span<byte> Field(int bytes)
    {
        Span<byte> field = Grow(sizeof(int) + bytes);
        BinaryPrimitives.WriteInt32BigEndian(field, bytes);
        return field[sizeof(int)..];
    }

    /// <summary>The place for several fields with their lengths, valid until the next write.</summary>
    public Span<byte> Fields(int bytes) => Grow(bytes);

    public void Bigint(long value) => BinaryPrimitives.WriteInt64BigEndian(Field(sizeof(long)), value);

    public void Integer(int value) => BinaryPrimitives.WriteInt32BigEndian(Field(sizeof(int)), value);

    public void Bytea(ReadOnlySpan<byte> value) => value.CopyTo(Field(value.Length));

    /// <summary>Begins a field whose length is known at its end only.</summary>
    /// <returns>What <see cref="EndField"/> needs.</returns>
    public int BeginField()
    {
        Grow(sizeof(int));
        return _length;
    }

    /// <summary>Adds bytes to the field begun last.</summary>
    public void Append(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Grow(bytes.Length));

    /// <summary>Adds one byte to the field begun last.</summary>
    public void Append(byte one) => Grow(1)[0] = one;

    /// <summary>Adds two lower-case hexadecimal digits for each byte to the field begun last.</summary>
    public void AppendHex(ReadOnlySpan<byte> bytes) =>
        Convert.TryToHexStringLower(bytes, Grow(2 * bytes.Length), out _);

    /// <summary>Ends the field that <see cref="BeginField"/> began.</summary>
    public void EndField(int start) =>
        BinaryPrimitives.WriteInt32BigEndian(_buffer.AsSpan(start - sizeof(int)), _length - start);

    /// <summary>Drops the row begun last, whose first byte was at <paramref name="start"/>.</summary>
    public void CutTo(int start)
    {
        _length = start;
        Count--;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _length = 0;
    }

    private Span<byte> Grow(int bytes)
    {
        int start = _length;
        int needed = checked(start + bytes);
        if (needed > _buffer.Length)
        {
            Enlarge(needed);
        }

        _length = needed;
        return _buffer.AsSpan(start, bytes);
    }

    // Apart, so that what is called for every field is small enough to be inlined.
    private void Enlarge(int needed)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(Array.MaxLength, Math.Max(needed, 2L * _length)));
        _buffer.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
