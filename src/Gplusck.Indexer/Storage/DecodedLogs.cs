using Gplusck.Chain.Abi;
using Gplusck.Chain.Rpc;
using Gplusck.Indexer.Schema;
using Gplusck.Indexer.Sources;

namespace Gplusck.Indexer.Storage;

/// <summary>The logs of a segment as rows, by table.</summary>
internal sealed class DecodedLogs
{
    private readonly Dictionary<EventTable, List<EventRow>> _rows = [];
    private readonly List<UndecodedLog> _undecoded = [];

    public IReadOnlyDictionary<EventTable, List<EventRow>> Rows => _rows;

    /// <summary>Logs that have the topic of one of our events and are no encoding of it.</summary>
    public IReadOnlyList<UndecodedLog> Undecoded => _undecoded;

    public static DecodedLogs Of(IReadOnlyList<LogEntry> logs, LogSelection selection)
    {
        DecodedLogs decoded = new();
        foreach (LogEntry log in logs)
        {
            decoded.Add(log, selection.TableOf(log)!);
        }

        return decoded;
    }

    private void Add(LogEntry log, EventTable table)
    {
        object[] values;
        try
        {
            values = table.Event.Decode(log.Topics, log.Data);
        }
        catch (AbiException error)
        {
            // A contract can log anything under any topic. Such a log must neither stop the indexer nor get lost.
            _undecoded.Add(new UndecodedLog(log, $"{table.Event.Signature}: {error.Message}"));
            return;
        }

        if (!_rows.TryGetValue(table, out List<EventRow>? rows))
        {
            _rows.Add(table, rows = []);
        }

        rows.Add(new EventRow(log, values));
    }
}
