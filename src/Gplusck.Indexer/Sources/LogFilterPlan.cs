using Gplusck.Chain.Primitives;
using Gplusck.Chain.Rpc;
using Gplusck.Chain.Trie;
using Gplusck.Indexer.Schema;

namespace Gplusck.Indexer.Sources;

/// <summary>What a block must hold to be of interest, and what to ask a node for.</summary>
/// <remarks>
/// A contract whose addresses are discovered is known by its topics alone, an event without a name by its contract.
/// </remarks>
internal sealed class LogFilterPlan
{
    private readonly (Address? Contract, Hash32[]? Topics)[] _contracts;

    public LogFilterPlan(SchemaPlan plan) =>
        _contracts = [.. plan.Tables.GroupBy(table => table.Contract).Select(tables =>
            (tables.Key.Address, tables.Any(table => table.Event.Anonymous)
                ? null
                : tables.Select(table => table.Event.Topic0).Distinct().ToArray()))];

    /// <summary>Whether nothing is of interest.</summary>
    public bool IsEmpty => _contracts.Length == 0;

    /// <summary>Whether a block with this bloom may hold one of our logs. Never false when it does.</summary>
    public bool MayMatch(LogsBloom bloom) => _contracts.Any(contract =>
        (contract.Contract is not Address address || bloom.MayContain(address))
        && (contract.Topics is null || contract.Topics.Any(bloom.MayContain)));

    /// <summary>Asks for every log of ours, and possibly some that are not.</summary>
    public LogFilter Filter(long from, long to)
    {
        bool anyContract = _contracts.Any(contract => contract.Contract is null);
        bool anyTopic = _contracts.Any(contract => contract.Topics is null);
        return new LogFilter
        {
            From = from,
            To = to,
            Addresses = anyContract ? [] : [.. _contracts.Select(contract => contract.Contract!.Value)],
            Topics = anyTopic ? [] : [[.. _contracts.SelectMany(contract => contract.Topics!).Distinct()]],
        };
    }
}
