using System.Buffers;
using System.Text;
using System.Text.Json;
using Gplusck.Chain.Abi;
using Gplusck.Chain.Primitives;

namespace Gplusck.Indexer.Schema;

/// <summary>Decoded arrays and structs as JSON, and strings as Postgres can hold them.</summary>
internal static class JsonText
{
    /// <summary>
    /// The string with U+FFFD, the replacement character, for U+0000, which neither text nor jsonb can hold.
    /// </summary>
    public static string Storable(string text) => text.Replace('\0', '\uFFFD');

    /// <summary>Integers as decimal strings, bytes and addresses as 0x hex, structs as objects.</summary>
    public static string Of(AbiType type, object value)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer))
        {
            Write(writer, type, value);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, AbiType type, object value)
    {
        switch (type.Kind)
        {
            case AbiKind.Array or AbiKind.FixedArray:
                WriteArray(writer, type.Element!, (object[])value);
                break;
            case AbiKind.Tuple:
                WriteStruct(writer, type, (object[])value);
                break;
            case AbiKind.Boolean:
                writer.WriteBooleanValue((bool)value);
                break;
            case AbiKind.Text:
                writer.WriteStringValue(Storable((string)value));
                break;
            default:
                writer.WriteStringValue(value is byte[] bytes ? Hex.ToHex(bytes) : value.ToString());
                break;
        }
    }

    private static void WriteArray(Utf8JsonWriter writer, AbiType element, object[] values)
    {
        writer.WriteStartArray();
        foreach (object value in values)
        {
            Write(writer, element, value);
        }

        writer.WriteEndArray();
    }

    private static void WriteStruct(Utf8JsonWriter writer, AbiType type, object[] values)
    {
        writer.WriteStartObject();
        for (int index = 0; index < values.Length; index++)
        {
            AbiParameter member = type.Components[index];
            writer.WritePropertyName(member.Name.Length > 0 ? member.Name : $"arg_{index}");
            Write(writer, member.Type, values[index]);
        }

        writer.WriteEndObject();
    }
}
