using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gplusck.Chain.Primitives;

/// <summary>Reads and writes <see cref="Hash32"/> as its text, as a value and as a property name.</summary>
internal sealed class Hash32JsonConverter : JsonConverter<Hash32>
{
    public override Hash32 Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Hash32.TryParse(reader.GetString(), out Hash32 value)
            ? value
            : throw new JsonException("Expected a hash.");

    public override void Write(Utf8JsonWriter writer, Hash32 value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());

    public override Hash32 ReadAsPropertyName(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Hash32.TryParse(reader.GetString(), out Hash32 value) ? value : throw new JsonException("Expected a hash.");

    public override void WriteAsPropertyName(Utf8JsonWriter writer, Hash32 value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value.ToString());
}
