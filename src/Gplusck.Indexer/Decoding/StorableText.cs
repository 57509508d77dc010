using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Gplusck.Indexer.Decoding;

/// <summary>Strings of contracts, which may be any bytes, as UTF-8 that Postgres can hold.</summary>
/// <remarks>
/// U+0000, which neither text nor jsonb can hold, and what is not UTF-8 become U+FFFD, the replacement character: one
/// for each longest run that could have begun a character, as the Unicode Standard recommends (section 3.9).
/// </remarks>
internal static class StorableText
{
    private static readonly SearchValues<byte> JsonSpecial = SearchValues.Create(
        [.. Enumerable.Range(0, ' ').Select(control => (byte)control), (byte)'"', (byte)'\\']);

    /// <summary>Writes a text field.</summary>
    public static void Write(CopyRows rows, ReadOnlySpan<byte> text)
    {
        if (!text.Contains((byte)0) && Utf8.IsValid(text))
        {
            rows.Bytea(text);
            return;
        }

        int field = rows.BeginField();
        Repair(rows, text, json: false);
        rows.EndField(field);
    }

    /// <summary>Writes a JSON string with its quotes into the field begun last.</summary>
    public static void WriteJson(CopyRows rows, ReadOnlySpan<byte> text)
    {
        rows.Append((byte)'"');
        if (!text.ContainsAny(JsonSpecial) && Utf8.IsValid(text))
        {
            rows.Append(text);
        }
        else
        {
            Repair(rows, text, json: true);
        }

        rows.Append((byte)'"');
    }

    private static void Repair(CopyRows rows, ReadOnlySpan<byte> text, bool json)
    {
        Span<byte> utf8 = stackalloc byte[4];
        while (!text.IsEmpty)
        {
            // It gives the replacement character for what is not UTF-8.
            _ = Rune.DecodeFromUtf8(text, out Rune rune, out int consumed);
            text = text[consumed..];
            rune = rune.Value == 0 ? Rune.ReplacementChar : rune;
            if (json && rune.IsAscii && JsonSpecial.Contains((byte)rune.Value))
            {
                WriteEscaped(rows, (byte)rune.Value);
            }
            else
            {
                rows.Append(utf8[..rune.EncodeToUtf8(utf8)]);
            }
        }
    }

    private static void WriteEscaped(CopyRows rows, byte ascii)
    {
        rows.Append((byte)'\\');
        if (ascii >= ' ')
        {
            rows.Append(ascii);
            return;
        }

        rows.Append("u00"u8);
        rows.Append((byte)('0' + (ascii >> 4)));
        rows.Append("0123456789abcdef"u8[ascii & 0xF]);
    }
}
