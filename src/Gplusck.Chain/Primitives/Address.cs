using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json.Serialization;
using Gplusck.Chain.Rlp;

namespace Gplusck.Chain.Primitives;

/// <summary>20 bytes that name an account or a contract.</summary>
/// <remarks>Ordered as a big-endian number. As JSON it is its lower-case <c>0x…</c> text.</remarks>
[JsonConverter(typeof(AddressJsonConverter))]
public readonly record struct Address : IComparable<Address>, IParsable<Address>
{
    /// <summary>How many bytes an address has.</summary>
    public const int Length = 20;

    private readonly ulong _first;
    private readonly ulong _second;
    private readonly uint _third;

    private Address(ReadOnlySpan<byte> bytes)
    {
        _first = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _second = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        _third = BinaryPrimitives.ReadUInt32BigEndian(bytes[16..]);
    }

    /// <summary>The zero address.</summary>
    public static Address Zero => default;

    /// <summary>The address made of exactly 20 bytes.</summary>
    /// <exception cref="ArgumentException">Not 20 bytes.</exception>
    public static Address FromBytes(ReadOnlySpan<byte> bytes) => bytes.Length == Length
        ? new Address(bytes)
        : throw new ArgumentException($"An address is {Length} bytes, not {bytes.Length}.", nameof(bytes));

    /// <summary>The address that <c>0x</c> and 40 hexadecimal digits spell.</summary>
    /// <remarks>Text in mixed case is a checksummed address (ERC-55), so its checksum must hold.</remarks>
    /// <exception cref="InvalidInputException">Anything else, or a wrong checksum.</exception>
    public static Address Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out Address address)
            ? address
            : throw new InvalidInputException(
                $"\"{Hex.Shorten(text)}\" is not an address: 0x and 40 hex digits, "
                + "with a right checksum if in mixed case.");
    }

    /// <summary>As <see cref="Parse(string)"/>, false instead of an error.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Address address)
    {
        Span<byte> bytes = stackalloc byte[Length];
        bool parsed = Hex.TryFill(text, bytes);
        address = parsed ? new Address(bytes) : default;
        ReadOnlySpan<char> digits = parsed ? text.AsSpan(2) : [];
        if (IsMixedCase(digits) && !digits.SequenceEqual(address.ToChecksumString().AsSpan(2)))
        {
            address = default;
            return false;
        }

        return parsed;
    }

    /// <summary>The contract that transaction <paramref name="nonce"/> of <paramref name="sender"/> creates.</summary>
    /// <remarks>The last 20 bytes of keccak(rlp([sender, nonce])), Yellow Paper section 7.</remarks>
    public static Address Create(Address sender, ulong nonce)
    {
        RlpWriter writer = new();
        writer.StartList();
        writer.Write(sender);
        writer.Write(nonce);
        writer.EndList();
        Span<byte> digest = stackalloc byte[Hash32.Length];
        Keccak.Hash(writer.Written, digest);
        return new Address(digest[^Length..]);
    }

    /// <inheritdoc/>
    static Address IParsable<Address>.Parse(string s, IFormatProvider? provider) => Parse(s);

    /// <inheritdoc/>
    static bool IParsable<Address>.TryParse(
        [NotNullWhen(true)] string? s, IFormatProvider? provider, out Address result) => TryParse(s, out result);

    /// <summary>Writes the 20 bytes at the start of <paramref name="destination"/>.</summary>
    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, _first);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _second);
        BinaryPrimitives.WriteUInt32BigEndian(destination[16..], _third);
    }

    /// <summary>The 20 bytes.</summary>
    public byte[] ToArray()
    {
        byte[] bytes = new byte[Length];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary><c>0x</c> and 40 lower-case digits.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Length];
        CopyTo(bytes);
        return Hex.ToHex(bytes);
    }

    /// <summary><c>0x</c> and 40 digits whose case is the ERC-55 checksum.</summary>
    public string ToChecksumString()
    {
        char[] digits = ToString().ToCharArray(2, 2 * Length);
        Span<byte> ascii = stackalloc byte[2 * Length];
        Encoding.ASCII.GetBytes(digits, ascii);
        Span<byte> digest = stackalloc byte[Hash32.Length];
        Keccak.Hash(ascii, digest);
        for (int position = 0; position < digits.Length; position++)
        {
            int nibble = position % 2 == 0 ? digest[position / 2] >> 4 : digest[position / 2] & 0xF;
            digits[position] = nibble >= 8 ? char.ToUpperInvariant(digits[position]) : digits[position];
        }

        return $"0x{new string(digits)}";
    }

    /// <inheritdoc/>
    public int CompareTo(Address other) =>
        (_first, _second, _third).CompareTo((other._first, other._second, other._third));

    /// <summary>Smaller as a big-endian number.</summary>
    public static bool operator <(Address left, Address right) => left.CompareTo(right) < 0;

    /// <summary>Larger as a big-endian number.</summary>
    public static bool operator >(Address left, Address right) => left.CompareTo(right) > 0;

    /// <summary>Smaller as a big-endian number, or equal.</summary>
    public static bool operator <=(Address left, Address right) => left.CompareTo(right) <= 0;

    /// <summary>Larger as a big-endian number, or equal.</summary>
    public static bool operator >=(Address left, Address right) => left.CompareTo(right) >= 0;

    private static bool IsMixedCase(ReadOnlySpan<char> digits) =>
        digits.ContainsAnyInRange('a', 'f') && digits.ContainsAnyInRange('A', 'F');
}
