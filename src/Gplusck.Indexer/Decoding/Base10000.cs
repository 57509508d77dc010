using System.Buffers.Binary;

namespace Gplusck.Indexer.Decoding;

/// <summary>Integers of 256 bits as digits of base 10,000, the form in which Postgres holds a numeric.</summary>
internal static class Base10000
{
    /// <summary>Digits that 2^256 - 1 has.</summary>
    public const int DigitsMax = 20;

    private const int Limbs = 8;
    private const uint Base = 10_000;
    private const uint TwoDigits = Base * Base;

    /// <summary>The digits of a word's absolute value, least significant first, none of them a leading zero.</summary>
    /// <param name="word">32 bytes, big-endian.</param>
    /// <param name="negative">Whether the word is a negative number in two's complement.</param>
    /// <param name="digits">Room for <see cref="DigitsMax"/>.</param>
    /// <returns>How many digits there are; none for zero.</returns>
    public static int Of(ReadOnlySpan<byte> word, bool negative, Span<ushort> digits)
    {
        Span<uint> limbs = stackalloc uint[Limbs];
        ulong carry = negative ? 1u : 0u;
        for (int limb = Limbs - 1; limb >= 0; limb--)
        {
            uint part = BinaryPrimitives.ReadUInt32BigEndian(word[(limb * sizeof(uint))..]);
            ulong value = (negative ? ~part : part) + carry;
            limbs[limb] = (uint)value;
            carry = value >> 32;
        }

        int first = FirstUsed(limbs, 0);
        int count = 0;
        while (first < Limbs - 2)
        {
            // Remainder and limb together stay below 2^59, which the processor divides by a constant with one product.
            ulong remainder = 0;
            for (int limb = first; limb < Limbs; limb++)
            {
                ulong dividend = (remainder << 32) | limbs[limb];
                ulong quotient = dividend / TwoDigits;
                limbs[limb] = (uint)quotient;
                remainder = dividend - (quotient * TwoDigits);
            }

            digits[count++] = (ushort)(remainder % Base);
            digits[count++] = (ushort)(remainder / Base);
            first = FirstUsed(limbs, first);
        }

        return WithRest(((ulong)limbs[^2] << 32) | limbs[^1], digits, count);
    }

    /// <summary>Writes a word as a numeric field without fraction, in the form that Postgres itself sends.</summary>
    public static void WriteNumeric(CopyRows rows, ReadOnlySpan<byte> word, bool negative)
    {
        const ushort NegativeSign = 0x4000;
        Span<ushort> digits = stackalloc ushort[DigitsMax];
        int count = Of(word, negative, digits);
        int zeros = count == 0 ? 0 : digits.IndexOfAnyExcept((ushort)0);
        Span<byte> field = rows.Field((4 + count - zeros) * sizeof(ushort));
        BinaryPrimitives.WriteUInt16BigEndian(field, (ushort)(count - zeros));
        BinaryPrimitives.WriteInt16BigEndian(field[2..], (short)Math.Max(0, count - 1));
        BinaryPrimitives.WriteUInt16BigEndian(field[4..], negative ? NegativeSign : (ushort)0);
        BinaryPrimitives.WriteUInt16BigEndian(field[6..], 0);
        for (int digit = count - 1, place = 8; digit >= zeros; digit--, place += sizeof(ushort))
        {
            BinaryPrimitives.WriteUInt16BigEndian(field[place..], digits[digit]);
        }
    }

    /// <summary>Writes a word in decimal, into the field begun last.</summary>
    public static void WriteDecimal(CopyRows rows, ReadOnlySpan<byte> word, bool negative)
    {
        Span<ushort> digits = stackalloc ushort[DigitsMax];
        int count = Of(word, negative, digits);
        Span<byte> text = stackalloc byte[(4 * DigitsMax) + 1];
        int length = 0;
        for (int digit = count - 1; digit >= 0; digit--, length += 4)
        {
            uint four = digits[digit];
            text[length] = (byte)('0' + (four / 1000));
            text[length + 1] = (byte)('0' + (four / 100 % 10));
            text[length + 2] = (byte)('0' + (four / 10 % 10));
            text[length + 3] = (byte)('0' + (four % 10));
        }

        ReadOnlySpan<byte> significant = text[..length].TrimStart((byte)'0');
        if (negative)
        {
            rows.Append((byte)'-');
        }

        rows.Append(significant.IsEmpty ? "0"u8 : significant);
    }

    /// <summary>Whether a word is a negative number in two's complement.</summary>
    public static bool IsNegative(ReadOnlySpan<byte> word) => word[0] >= 0x80;

    private static int FirstUsed(ReadOnlySpan<uint> limbs, int from)
    {
        while (from < Limbs && limbs[from] == 0)
        {
            from++;
        }

        return from;
    }

    private static int WithRest(ulong rest, Span<ushort> digits, int count)
    {
        while (rest > 0)
        {
            ulong quotient = rest / Base;
            digits[count++] = (ushort)(rest - (quotient * Base));
            rest = quotient;
        }

        // A pair of digits from above may have been the last and its upper one zero.
        while (count > 0 && digits[count - 1] == 0)
        {
            count--;
        }

        return count;
    }
}
