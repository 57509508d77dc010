using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Gplusck.Chain.Primitives;

/// <summary>32 bytes: a Keccak-256 hash, a Merkle root or any other bytes32.</summary>
/// <remarks>Ordered as a big-endian number. As JSON it is its <c>0x…</c> text.</remarks>
[JsonConverter(typeof(Hash32JsonConverter))]
public readonly record struct Hash32 : IComparable<Hash32>, IParsable<Hash32>
{
    /// <summary>How many bytes a hash has.</summary>
    public const int Length = 32;

    private readonly ulong _first;
    private readonly ulong _second;
    private readonly ulong _third;
    private readonly ulong _fourth;

    private Hash32(ReadOnlySpan<byte> bytes)
    {
        _first = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _second = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        _third = BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]);
        _fourth = BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]);
    }

    /// <summary>32 zero bytes.</summary>
    public static Hash32 Zero => default;

    /// <summary>The hash made of exactly 32 bytes.</summary>
    /// <exception cref="ArgumentException">Not 32 bytes.</exception>
    public static Hash32 FromBytes(ReadOnlySpan<byte> bytes) => bytes.Length == Length
        ? new Hash32(bytes)
        : throw new ArgumentException($"A hash is {Length} bytes, not {bytes.Length}.", nameof(bytes));

    /// <summary>The hash that <c>0x</c> and 64 hexadecimal digits spell.</summary>
    /// <exception cref="InvalidInputException">Anything else.</exception>
    public static Hash32 Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out Hash32 hash)
            ? hash
            : throw new InvalidInputException($"\"{Hex.Shorten(text)}\" is not a hash: 0x and 64 hexadecimal digits.");
    }

    /// <summary>As <see cref="Parse(string)"/>, false instead of an error.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Hash32 hash)
    {
        Span<byte> bytes = stackalloc byte[Length];
        bool parsed = Hex.TryFill(text, bytes);
        hash = parsed ? new Hash32(bytes) : default;
        return parsed;
    }

    /// <inheritdoc/>
    static Hash32 IParsable<Hash32>.Parse(string s, IFormatProvider? provider) => Parse(s);

    /// <inheritdoc/>
    static bool IParsable<Hash32>.TryParse(
        [NotNullWhen(true)] string? s, IFormatProvider? provider, out Hash32 result) => TryParse(s, out result);

    /// <summary>Writes the 32 bytes at the start of <paramref name="destination"/>.</summary>
    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, _first);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _second);
        BinaryPrimitives.WriteUInt64BigEndian(destination[16..], _third);
        BinaryPrimitives.WriteUInt64BigEndian(destination[24..], _fourth);
    }

    /// <summary>The 32 bytes.</summary>
    public byte[] ToArray()
    {
        byte[] bytes = new byte[Length];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary><c>0x</c> and 64 lower-case digits.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Length];
        CopyTo(bytes);
        return Hex.ToHex(bytes);
    }

    /// <inheritdoc/>
    public int CompareTo(Hash32 other) =>
        (_first, _second, _third, _fourth).CompareTo((other._first, other._second, other._third, other._fourth));

    /// <summary>Smaller as a big-endian number.</summary>
    public static bool operator <(Hash32 left, Hash32 right) => left.CompareTo(right) < 0;

    /// <summary>Larger as a big-endian number.</summary>
    public static bool operator >(Hash32 left, Hash32 right) => left.CompareTo(right) > 0;

    /// <summary>Smaller as a big-endian number, or equal.</summary>
    public static bool operator <=(Hash32 left, Hash32 right) => left.CompareTo(right) <= 0;

    /// <summary>Larger as a big-endian number, or equal.</summary>
    public static bool operator >=(Hash32 left, Hash32 right) => left.CompareTo(right) >= 0;
}
