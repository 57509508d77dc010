using System.Text;
using CsCheck;
using Gplusck.Indexer.Decoding;

namespace Gplusck.Indexer.Tests.Decoding;

public sealed class StorableTextTests
{
    /// <summary>Pieces of UTF-8, whole and torn: one byte of each class, and bytes that are never right.</summary>
    private static readonly Gen<byte[]> Torn = Gen.OneOf<byte>(
            0, 1, 0x1F, (byte)'"', (byte)'\\', (byte)'a', 0x7F, 0x80, 0x9F, 0xA0, 0xBF, 0xC0, 0xC2, 0xDF, 0xE0, 0xED,
            0xEF, 0xF0, 0xF4, 0xF5, 0xFF)
        .Array[0, 12];

    [Fact]
    public void Any_bytes_become_the_text_that_the_runtime_reads_with_replacement_characters() =>
        Gen.OneOf(Torn, Gen.Byte.Array[0, 12], Gen.String[0, 12].Select(Encoding.UTF8.GetBytes)).Sample(
            bytes =>
            {
                string expected = Encoding.UTF8.GetString(bytes).Replace('\0', '\uFFFD');
                using CopyRows rows = new();
                StorableText.Write(rows, bytes);
                Assert.Equal(expected, Encoding.UTF8.GetString(rows.Tuples.Span[4..]));
                int json = rows.BeginField();
                StorableText.WriteJson(rows, bytes);
                Assert.Equal(
                    expected, System.Text.Json.JsonSerializer.Deserialize<string>(rows.Tuples.Span[json..]));
            },
            iter: 100_000);
}
