using System.Buffers.Binary;
using Gplusck.Chain.Abi;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Receipts;
using Gplusck.Indexer.Schema;

namespace Gplusck.Indexer.Decoding;

/// <summary>Turns logs of one event into rows of its table, from bytes to bytes.</summary>
/// <remarks>
/// As strict as <see cref="AbiReader"/>: what it refuses is no row. For events without arrays, structs and odd strings
/// nothing is allocated. One per thread.
/// </remarks>
internal sealed class EventDecoder(EventTable table, JsonField json)
{
    private const int PlaceFields = 5;

    private readonly EventColumn[] _columns = [.. table.Columns];
    private readonly short _fields = (short)(PlaceFields + (table.HasAddress ? 1 : 0) + table.Columns.Count);
    private readonly int _topicCount = table.Event.TopicCount;
    private readonly int _topicBytesSkipped = table.Event.Anonymous ? 0 : Hash32.Length;

    public EventTable Table { get; } = table;

    public int TopicCount => _topicCount;

    /// <summary>Adds the row of a log, or leaves the rows as they are and says why.</summary>
    public bool TryAppend(
        in PackedLog log, long blockNumber, ReadOnlySpan<byte> blockHash, CopyRows rows, out string? reason)
    {
        if (log.TopicCount != _topicCount)
        {
            reason = $"{Table.Event.Signature}: The log is not of the event {Table.Event.Signature}.";
            return false;
        }

        int start = rows.Length;
        rows.BeginRow(_fields);
        rows.Bigint(blockNumber);
        rows.Bytea(blockHash);
        rows.Bytea(log.TransactionHash);
        rows.Integer(log.TransactionIndex);
        rows.Integer(log.LogIndex);
        if (Table.HasAddress)
        {
            rows.Bytea(log.Address);
        }

        try
        {
            AppendInputs(log, rows);
            reason = null;
            return true;
        }
        catch (AbiException error)
        {
            // A contract can log anything under any topic.
            rows.CutTo(start);
            reason = $"{Table.Event.Signature}: {error.Message}";
            return false;
        }
    }

    private void AppendInputs(in PackedLog log, CopyRows rows)
    {
        AbiReader topics = new(log.Topics[_topicBytesSkipped..]);
        AbiReader data = new(log.Data);
        foreach (EventColumn column in _columns)
        {
            if (column.Input.Indexed)
            {
                AppendInput(column, ref topics, rows);
            }
            else
            {
                AppendInput(column, ref data, rows);
            }
        }
    }

    private void AppendInput(EventColumn column, ref AbiReader reader, CopyRows rows)
    {
        AbiType type = column.Input.Type;
        switch (column.Kind)
        {
            case ColumnKind.Address:
                rows.Bytea(reader.ReadAddressSpan());
                break;
            case ColumnKind.Numeric:
                bool signed = type.Kind == AbiKind.SignedInteger;
                NumericField.Write(rows, reader.ReadIntegerSpan(type.Size, signed), signed);
                break;
            case ColumnKind.Bigint:
                signed = type.Kind == AbiKind.SignedInteger;
                ReadOnlySpan<byte> integer = reader.ReadIntegerSpan(type.Size, signed);
                rows.Bigint(BinaryPrimitives.ReadInt64BigEndian(integer[^sizeof(long)..]));
                break;
            case ColumnKind.Boolean:
                rows.Field(1)[0] = reader.ReadBool() ? (byte)1 : (byte)0;
                break;
            case ColumnKind.FixedBytes:
                rows.Bytea(reader.ReadFixedBytesSpan(type.Size));
                break;
            case ColumnKind.Hash:
                rows.Bytea(reader.ReadWord());
                break;
            case ColumnKind.Bytes:
                rows.Bytea(reader.ReadBytesSpan());
                break;
            case ColumnKind.Text:
                TextField.Write(rows, reader.ReadBytesSpan());
                break;
            default:
                json.Write(rows, ref reader, type);
                break;
        }
    }
}
