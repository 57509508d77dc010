using System.Buffers.Binary;
using System.Text;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Receipts;

namespace Gplusck.Indexer.Decoding;

/// <summary>A row of the table <c>undecoded</c>: a log as it is, with the reason.</summary>
internal static class UndecodedRow
{
    private const short Fields = 9;
    private const int ByteaOid = 17;

    public static void Append(
        in PackedLog log, long blockNumber, ReadOnlySpan<byte> blockHash, string reason, CopyRows rows)
    {
        rows.BeginRow(Fields);
        EventDecoder.WritePlace(log, blockNumber, blockHash, rows);
        rows.Bytea(log.Address);
        WriteTopics(log, rows);
        rows.Bytea(log.Data);
        rows.Bytea(Encoding.UTF8.GetBytes(reason));
    }

    /// <summary>A bytea[]: dimensions, whether there are nulls, the elements' type, length and first index.</summary>
    private static void WriteTopics(in PackedLog log, CopyRows rows)
    {
        int field = rows.BeginField();
        int count = log.TopicCount;
        ReadOnlySpan<int> head = count == 0 ? [0, 0, ByteaOid] : [1, 0, ByteaOid, count, 1];
        foreach (int part in head)
        {
            Append(rows, part);
        }

        for (int topic = 0; topic < count; topic++)
        {
            Append(rows, Hash32.Length);
            rows.Append(log.Topic(topic));
        }

        rows.EndField(field);
    }

    private static void Append(CopyRows rows, int value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        rows.Append(bytes);
    }
}
