using Gplusck.Chain.Primitives;
using Gplusck.Chain.Receipts;
using Gplusck.Chain.Rpc;

namespace Gplusck.Chain.Tests.Receipts;

/// <summary>Packed logs as objects, to compare them.</summary>
internal static class PackedLogs
{
    public static List<LogEntry> Of(ReadOnlySpan<byte> packed)
    {
        List<LogEntry> logs = [];
        PackedReceiptReader reader = new(packed);
        while (reader.NextLogOfBlock(out PackedLog log))
        {
            List<Hash32> topics = [];
            for (int position = 0; position < log.TopicCount; position++)
            {
                topics.Add(Hash32.FromBytes(log.Topic(position)));
            }

            logs.Add(new LogEntry(
                Address.FromBytes(log.Address), topics, log.Data.ToArray(), 0, Hash32.Zero,
                Hash32.FromBytes(log.TransactionHash), log.TransactionIndex, log.LogIndex, false));
        }

        return logs;
    }
}
