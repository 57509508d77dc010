using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Gplusck.Tokenomics.Rules;

/// <summary>One byte sequence for one JSON value, so that its hash means something.</summary>
/// <remarks>
/// RFC 8785 for what reward inputs consist of: members in ordinal order of their names, no white space, UTF-8, integers
/// in plain digits. jsonb does not keep the order of members, so the bytes are made again from the value.
/// </remarks>
public static class CanonicalJson
{
    private static readonly JsonWriterOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The canonical bytes of a JSON text.</summary>
    /// <exception cref="JsonException">Not one JSON value.</exception>
    public static byte[] Of(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        ArrayBufferWriter<byte> bytes = new();
        using (Utf8JsonWriter writer = new(bytes, Plain))
        {
            Write(writer, document.RootElement);
        }

        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>The canonical text of a JSON text.</summary>
    public static string TextOf(string json) => Encoding.UTF8.GetString(Of(json));

    private static void Write(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (JsonProperty member in value.EnumerateObject()
                    .OrderBy(each => each.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (JsonElement element in value.EnumerateArray())
                {
                    Write(writer, element);
                }

                writer.WriteEndArray();
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }
}
