using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Receipts;
using Gplusck.Indexer.Schema;

namespace Gplusck.Indexer.Decoding;

/// <summary>Writes logs of one event as rows of its table.</summary>
/// <remarks>
/// Accepts and refuses what <see cref="Chain.Abi.AbiEvent.Decode"/> does, with the same words, but makes no object for
/// a log that it accepts. Time and memory are linear in the log's data, whatever the data is. Safe for several threads.
/// </remarks>
internal sealed class EventDecoder
{
    private const int OwnFields = 5;
    private const int PlaceBytes = (OwnFields * sizeof(int)) + (2 * sizeof(long)) + (2 * Hash32.Length);

    private readonly InputField[] _fields;
    private readonly short _fieldCount;
    private readonly int _topicCount;
    private readonly byte[] _topic0;

    public EventDecoder(EventTable table)
    {
        Table = table;
        _fields = [.. table.Event.Inputs.Select((input, index) => new InputField(input, table.Columns[index]))];
        _fieldCount = (short)(OwnFields + (table.HasAddress ? 1 : 0) + _fields.Length);
        _topicCount = table.Event.TopicCount;
        _topic0 = table.Event.Anonymous ? [] : table.Event.Topic0.ToArray();
    }

    /// <summary>Where the rows belong.</summary>
    public EventTable Table { get; }

    /// <summary>Adds the log's row, or leaves the rows as they are and says why the log is none of the event.</summary>
    public bool TryAppend(
        in PackedLog log, long blockNumber, ReadOnlySpan<byte> blockHash, CopyRows rows,
        [NotNullWhen(false)] out string? reason)
    {
        if (log.TopicCount != _topicCount || !log.Topics.StartsWith(_topic0))
        {
            reason = Refusal($"The log is not of the event {Table.Event.Signature}.");
            return false;
        }

        int start = rows.Length;
        rows.BeginRow(_fieldCount);
        WritePlace(log, blockNumber, blockHash, rows);
        if (Table.HasAddress)
        {
            rows.Bytea(log.Address);
        }

        AbiCursor topics = new(log.Topics[_topic0.Length..]);
        AbiCursor data = new(log.Data);
        foreach (InputField field in _fields)
        {
            if (!(field.IsTopic ? field.TryWrite(ref topics, rows) : field.TryWrite(ref data, rows)))
            {
                rows.CutTo(start);
                reason = Refusal(topics.Reason ?? data.Reason!);
                return false;
            }
        }

        reason = null;
        return true;
    }

    /// <summary>Writes the five fields that every row begins with.</summary>
    /// <remarks>All at once: their lengths are known, and half of a transfer's row is these.</remarks>
    public static void WritePlace(in PackedLog log, long blockNumber, ReadOnlySpan<byte> blockHash, CopyRows rows)
    {
        Span<byte> place = rows.Fields(PlaceBytes);
        BinaryPrimitives.WriteInt32BigEndian(place, sizeof(long));
        BinaryPrimitives.WriteInt64BigEndian(place[4..], blockNumber);
        BinaryPrimitives.WriteInt32BigEndian(place[12..], Hash32.Length);
        blockHash[..Hash32.Length].CopyTo(place[16..]);
        BinaryPrimitives.WriteInt32BigEndian(place[48..], Hash32.Length);
        log.TransactionHash[..Hash32.Length].CopyTo(place[52..]);
        BinaryPrimitives.WriteInt32BigEndian(place[84..], sizeof(int));
        BinaryPrimitives.WriteInt32BigEndian(place[88..], log.TransactionIndex);
        BinaryPrimitives.WriteInt32BigEndian(place[92..], sizeof(int));
        BinaryPrimitives.WriteInt32BigEndian(place[96..], log.LogIndex);
    }

    private string Refusal(string reason) => $"{Table.Event.Signature}: {reason}";
}
