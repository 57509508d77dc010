using System.Text;
using System.Text.Unicode;

namespace Gplusck.Indexer.Decoding;

/// <summary>Strings as Postgres can hold them.</summary>
internal static class TextField
{
    /// <summary>Writes a string's bytes as the row's next field.</summary>
    /// <remarks>Neither text nor jsonb can hold U+0000: it becomes U+FFFD, and so does what is not UTF-8.</remarks>
    public static void Write(CopyRows rows, ReadOnlySpan<byte> utf8)
    {
        if (Utf8.IsValid(utf8) && !utf8.Contains((byte)0))
        {
            rows.Bytea(utf8);
        }
        else
        {
            rows.Bytea(Encoding.UTF8.GetBytes(Storable(utf8)));
        }
    }

    /// <summary>The string with the replacement character for what cannot be stored.</summary>
    public static string Storable(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8).Replace('\0', '\uFFFD');
}
