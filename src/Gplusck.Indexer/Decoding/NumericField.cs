using System.Buffers.Binary;

namespace Gplusck.Indexer.Decoding;

/// <summary>256-bit words as Postgres' binary <c>numeric</c>, exact and without a BigInteger.</summary>
/// <remarks>
/// Number of digits, weight of the first, sign and scale (16 bits each), then digits to base 10,000 without zeros at
/// either end: src/backend/utils/adt/numeric.c, numeric_recv.
/// </remarks>
internal static class NumericField
{
    private const int Limbs = 8;
    private const int DigitsMax = 20;
    private const uint TwoDigits = 100_000_000;
    private const uint OneDigit = 10_000;
    private const int HeadBytes = 4 * sizeof(short);
    private const short Negative = 0x4000;

    /// <summary>Writes a word as the row's next field.</summary>
    /// <param name="rows">Takes the field.</param>
    /// <param name="word">32 bytes, big-endian.</param>
    /// <param name="signed">Whether it is two's complement.</param>
    public static void Write(CopyRows rows, ReadOnlySpan<byte> word, bool signed)
    {
        Span<uint> limbs = stackalloc uint[Limbs];
        bool negative = signed && word[0] >= 0x80;
        int count = Load(word, negative, limbs);

        // Least significant digit first.
        Span<short> digits = stackalloc short[DigitsMax];
        int length = 0;
        while (count > 0)
        {
            uint pair = Divide(limbs[..count]);
            digits[length++] = (short)(pair % OneDigit);
            digits[length++] = (short)(pair / OneDigit);
            count = WithoutZeros(limbs, count);
        }

        while (length > 0 && digits[length - 1] == 0)
        {
            length--;
        }

        int low = 0;
        while (low < length && digits[low] == 0)
        {
            low++;
        }

        Span<byte> field = rows.Field(HeadBytes + (sizeof(short) * (length - low)));
        BinaryPrimitives.WriteInt16BigEndian(field, (short)(length - low));
        BinaryPrimitives.WriteInt16BigEndian(field[2..], (short)int.Max(0, length - 1));
        BinaryPrimitives.WriteInt16BigEndian(field[4..], negative ? Negative : (short)0);
        BinaryPrimitives.WriteInt16BigEndian(field[6..], 0);
        for (int index = length - 1, at = HeadBytes; index >= low; index--, at += sizeof(short))
        {
            BinaryPrimitives.WriteInt16BigEndian(field[at..], digits[index]);
        }
    }

    private static int Load(ReadOnlySpan<byte> word, bool negative, Span<uint> limbs)
    {
        ulong carry = 1;
        for (int limb = 0; limb < Limbs; limb++)
        {
            uint value = BinaryPrimitives.ReadUInt32BigEndian(word[(4 * (Limbs - 1 - limb))..]);
            if (negative)
            {
                carry += ~value;
                value = (uint)carry;
                carry >>= 32;
            }

            limbs[limb] = value;
        }

        return WithoutZeros(limbs, Limbs);
    }

    private static int WithoutZeros(Span<uint> limbs, int count)
    {
        while (count > 0 && limbs[count - 1] == 0)
        {
            count--;
        }

        return count;
    }

    private static uint Divide(Span<uint> limbs)
    {
        ulong remainder = 0;
        for (int limb = limbs.Length - 1; limb >= 0; limb--)
        {
            ulong part = (remainder << 32) | limbs[limb];
            limbs[limb] = (uint)(part / TwoDigits);
            remainder = part % TwoDigits;
        }

        return (uint)remainder;
    }
}
