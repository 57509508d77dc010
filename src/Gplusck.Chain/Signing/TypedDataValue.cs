using System.Globalization;
using System.Numerics;
using System.Text;
using Gplusck.Chain.Primitives;

namespace Gplusck.Chain.Signing;

/// <summary>Atomic and dynamic values of EIP-712 as the 32 bytes that stand for them in their struct.</summary>
internal static class TypedDataValue
{
    private const int WordBits = 256;

    /// <exception cref="InvalidInputException">The value does not fit the type, or there is no such type.</exception>
    public static Hash32 Encode(string type, object value) => (type, value) switch
    {
        ("address", Address address) => PadLeft(address.ToArray()),
        ("bool", bool flag) => Word(flag ? BigInteger.One : BigInteger.Zero),
        ("string", string text) => Keccak.Hash(Encoding.UTF8.GetBytes(text)),
        ("bytes", byte[] bytes) => Keccak.Hash(bytes),
        ("bytes32", Hash32 hash) => hash,
        (_, byte[] bytes) when Suffix(type, "bytes") == bytes.Length => PadRight(bytes),
        _ when Suffix(type, "uint") is int bits && Number(value) is BigInteger number
            && number.Sign >= 0 && number.GetBitLength() <= bits => Word(number),
        _ when Suffix(type, "int") is int bits && Number(value) is BigInteger number
            && number.GetBitLength() < bits => Word(number),
        _ => throw new InvalidInputException($"A {value.GetType().Name} like this does not fit the type {type}."),
    };

    private static int? Suffix(string type, string stem)
    {
        bool sized = type.StartsWith(stem, StringComparison.Ordinal)
            && int.TryParse(type.AsSpan(stem.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int size)
            && size > 0
            && (stem == "bytes" ? size <= Hash32.Length : size <= WordBits && size % 8 == 0);
        return sized ? int.Parse(type.AsSpan(stem.Length), CultureInfo.InvariantCulture) : null;
    }

    private static BigInteger? Number(object value) => value switch
    {
        BigInteger number => number,
        byte or ushort or uint or ulong => Convert.ToUInt64(value, CultureInfo.InvariantCulture),
        sbyte or short or int or long => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        _ => null,
    };

    // Two's complement: adding 2^256 to a negative number keeps its low 256 bits.
    private static Hash32 Word(BigInteger number)
    {
        BigInteger unsigned = number.Sign < 0 ? number + (BigInteger.One << WordBits) : number;
        return PadLeft(unsigned.ToByteArray(isUnsigned: true, isBigEndian: true));
    }

    private static Hash32 PadLeft(byte[] bytes)
    {
        Span<byte> word = stackalloc byte[Hash32.Length];
        word.Clear();
        bytes.CopyTo(word[^bytes.Length..]);
        return Hash32.FromBytes(word);
    }

    private static Hash32 PadRight(byte[] bytes)
    {
        Span<byte> word = stackalloc byte[Hash32.Length];
        word.Clear();
        bytes.CopyTo(word);
        return Hash32.FromBytes(word);
    }
}
