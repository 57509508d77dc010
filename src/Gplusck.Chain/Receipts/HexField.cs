using System.Buffers;
using Gplusck.Chain.Rpc;

namespace Gplusck.Chain.Receipts;

/// <summary>Hexadecimal strings of an answer as bytes and numbers, straight from their UTF-8.</summary>
internal static class HexField
{
    private const int UInt64Digits = 16;

    /// <summary>How many bytes <c>0x…</c> spells.</summary>
    public static int ByteCount(ReadOnlySpan<byte> text, string name) =>
        text.Length % 2 == 0 ? Digits(text, name).Length / 2 : throw AnswerFields.Wrong(name);

    /// <summary>Fills exactly <paramref name="bytes"/>.</summary>
    public static void Fill(ReadOnlySpan<byte> text, Span<byte> bytes, string name)
    {
        ReadOnlySpan<byte> digits = Digits(text, name);
        if (digits.Length != 2 * bytes.Length
            || Convert.FromHexString(digits, bytes, out _, out _) != OperationStatus.Done)
        {
            throw AnswerFields.Wrong(name);
        }
    }

    public static ulong UInt64(ReadOnlySpan<byte> text, string name)
    {
        ReadOnlySpan<byte> digits = Digits(text, name);
        ulong value = 0;
        foreach (byte digit in digits)
        {
            int nibble = digit switch
            {
                >= (byte)'0' and <= (byte)'9' => digit - '0',
                >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
                >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
                _ => throw AnswerFields.Wrong(name),
            };
            value = (value << 4) | (uint)nibble;
        }

        return digits.Length is > 0 and <= UInt64Digits ? value : throw AnswerFields.Wrong(name);
    }

    public static int Int32(ReadOnlySpan<byte> text, string name) =>
        UInt64(text, name) is ulong value and <= int.MaxValue ? (int)value : throw AnswerFields.Wrong(name);

    private static ReadOnlySpan<byte> Digits(ReadOnlySpan<byte> text, string name) =>
        text is [(byte)'0', (byte)'x' or (byte)'X', ..] ? text[2..] : throw AnswerFields.Wrong(name);
}
