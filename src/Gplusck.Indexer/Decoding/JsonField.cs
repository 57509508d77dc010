using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Gplusck.Chain.Abi;
using Gplusck.Chain.Primitives;

namespace Gplusck.Indexer.Decoding;

/// <summary>Arrays and structs as binary <c>jsonb</c>, written while they are read.</summary>
/// <remarks>
/// Integers are decimal strings, bytes and addresses 0x hex, structs objects. One per thread: it reuses its buffers.
/// </remarks>
internal sealed class JsonField : IDisposable
{
    private const byte Version = 1;

    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Utf8JsonWriter _json;

    public JsonField() => _json = new Utf8JsonWriter(_buffer);

    /// <summary>Reads one value and writes it as the row's next field.</summary>
    /// <exception cref="AbiException">The data is no encoding of the type.</exception>
    public void Write(CopyRows rows, ref AbiReader reader, AbiType type)
    {
        _buffer.ResetWrittenCount();
        _json.Reset(_buffer);
        WriteValue(ref reader, type);
        _json.Flush();
        Span<byte> field = rows.Field(1 + _buffer.WrittenCount);
        field[0] = Version;
        _buffer.WrittenSpan.CopyTo(field[1..]);
    }

    public void Dispose() => _json.Dispose();

    private void WriteValue(ref AbiReader reader, AbiType type)
    {
        switch (type.Kind)
        {
            case AbiKind.UnsignedInteger:
                _json.WriteStringValue(reader.ReadUInt256(type.Size).ToString(CultureInfo.InvariantCulture));
                break;
            case AbiKind.SignedInteger:
                _json.WriteStringValue(reader.ReadInt256(type.Size).ToString(CultureInfo.InvariantCulture));
                break;
            case AbiKind.Address:
                _json.WriteStringValue(reader.ReadAddress().ToString());
                break;
            case AbiKind.Boolean:
                _json.WriteBooleanValue(reader.ReadBool());
                break;
            case AbiKind.FixedBytes or AbiKind.Function:
                _json.WriteStringValue(Hex.ToHex(reader.ReadFixedBytesSpan(type.Size)));
                break;
            case AbiKind.Bytes:
                _json.WriteStringValue(Hex.ToHex(reader.ReadBytesSpan()));
                break;
            case AbiKind.Text:
                _json.WriteStringValue(TextField.Storable(reader.ReadBytesSpan()));
                break;
            case AbiKind.Array:
                AbiFrame array = reader.EnterArray(type.Element!.HeadBytes, out int count);
                WriteElements(ref reader, type.Element, count);
                reader.Leave(array);
                break;
            default:
                WriteFixed(ref reader, type);
                break;
        }
    }

    private void WriteFixed(ref AbiReader reader, AbiType type)
    {
        AbiFrame? outer = type.IsDynamic ? reader.Enter() : null;
        if (type.Kind == AbiKind.Tuple)
        {
            WriteMembers(ref reader, type.Components);
        }
        else
        {
            reader.RequireHead(type.Size, type.Element!.HeadBytes);
            WriteElements(ref reader, type.Element, type.Size);
        }

        if (outer is { } frame)
        {
            reader.Leave(frame);
        }
    }

    private void WriteElements(ref AbiReader reader, AbiType element, int count)
    {
        _json.WriteStartArray();
        for (int index = 0; index < count; index++)
        {
            WriteValue(ref reader, element);
        }

        _json.WriteEndArray();
    }

    private void WriteMembers(ref AbiReader reader, IReadOnlyList<AbiParameter> members)
    {
        _json.WriteStartObject();
        for (int index = 0; index < members.Count; index++)
        {
            _json.WritePropertyName(members[index].Name.Length > 0 ? members[index].Name : $"arg_{index}");
            WriteValue(ref reader, members[index].Type);
        }

        _json.WriteEndObject();
    }
}
