using Gplusck.Chain.Primitives;
using Gplusck.Chain.Rpc;
using Gplusck.Chain.Trie;
using Gplusck.Indexer.Schema;

namespace Gplusck.Indexer.Sources;

/// <summary>Which logs belong to the manifest's tables.</summary>
internal sealed class LogSelection
{
    private readonly Dictionary<(Address Contract, Hash32 Topic0), EventTable> _tables;
    private readonly (Address Contract, Hash32[] Topics)[] _contracts;

    public LogSelection(SchemaPlan plan)
    {
        _tables = plan.Tables.ToDictionary(table => (table.Contract.Address!.Value, table.Event.Topic0));
        _contracts = [.. plan.Tables
            .GroupBy(table => table.Contract.Address!.Value, table => table.Event.Topic0)
            .Select(contract => (contract.Key, contract.ToArray()))];
    }

    /// <summary>The table for a log, or null when the log is none of ours.</summary>
    public EventTable? TableOf(LogEntry log) =>
        log.Topics.Count > 0
        && _tables.TryGetValue((log.Address, log.Topics[0]), out EventTable? table)
        && log.BlockNumber >= table.Contract.StartBlock
            ? table
            : null;

    /// <summary>Whether a block with this bloom may hold one of our logs. Never false when it does.</summary>
    public bool MayMatch(LogsBloom bloom) =>
        _contracts.Any(contract => bloom.MayContain(contract.Contract) && contract.Topics.Any(bloom.MayContain));

    /// <summary>Asks for every log of ours, and possibly some that are not.</summary>
    public LogFilter Filter(long from, long to) => new()
    {
        From = from,
        To = to,
        Addresses = [.. _contracts.Select(contract => contract.Contract)],
        Topics = [[.. _contracts.SelectMany(contract => contract.Topics).Distinct()]],
    };

    public bool IsEmpty => _contracts.Length == 0;
}
