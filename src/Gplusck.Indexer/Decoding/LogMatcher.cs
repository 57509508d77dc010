using Gplusck.Chain.Primitives;
using Gplusck.Chain.Receipts;
using Gplusck.Chain.Rpc;
using Gplusck.Chain.Trie;
using Gplusck.Indexer.Schema;

namespace Gplusck.Indexer.Decoding;

/// <summary>Tells which logs belong to the manifest's tables, and which tables those are.</summary>
/// <remarks>
/// Several threads may look logs up, but none while an address is added or removed.
/// </remarks>
internal sealed class LogMatcher
{
    private readonly Dictionary<Address, (ContractEvents Events, long StartBlock)> _byAddress = [];
    private readonly Dictionary<IndexedContract, ContractEvents> _factoryMade = [];
    private readonly ContractEvents[] _contracts;
    private readonly Address[] _fixedAddresses;

    public LogMatcher(SchemaPlan plan)
    {
        _contracts = [.. plan.Tables
            .GroupBy(table => table.Contract)
            .Select(tables => new ContractEvents(tables.Key, tables))];
        foreach (ContractEvents events in _contracts)
        {
            if (events.Contract.IsFactoryMade)
            {
                _factoryMade.Add(events.Contract, events);
            }
            else
            {
                _byAddress.Add(events.Contract.Address!.Value, (events, events.Contract.StartBlock));
            }
        }

        _fixedAddresses = [.. _byAddress.Keys];
    }

    /// <summary>Whether there is no table that a log could belong to.</summary>
    public bool IsEmpty => _contracts.Length == 0;

    /// <summary>Begins to match a contract that a factory made.</summary>
    /// <param name="child">Its address; one that the manifest names itself stays what it is there.</param>
    /// <param name="contract">The contract of the manifest that stands for it.</param>
    /// <param name="startBlock">First block whose logs match.</param>
    /// <returns>False when the address was known already.</returns>
    public bool Add(Address child, IndexedContract contract, long startBlock) =>
        !_factoryMade.TryGetValue(contract, out ContractEvents? events)
        || _byAddress.TryAdd(child, (events, startBlock));

    /// <summary>Decoders to try on a log in this order, until one accepts it; none when the log is none of ours.
    /// </summary>
    public ReadOnlySpan<EventDecoder> Find(in PackedLog log, long blockNumber) =>
        _byAddress.TryGetValue(
            Address.FromBytes(log.Address), out (ContractEvents Events, long StartBlock) known)
        && blockNumber >= known.StartBlock
            ? known.Events.Find(log)
            : [];

    /// <summary>Whether a block with this bloom may hold one of our logs. Never false when it does.</summary>
    /// <remarks>
    /// Of contracts that a factory makes only the topics count, as one may be made in the very block.
    /// </remarks>
    public bool MayMatch(LogsBloom bloom)
    {
        foreach (ContractEvents events in _contracts)
        {
            bool mayBeFrom = events.Contract.IsFactoryMade || bloom.MayContain(events.Contract.Address!.Value);
            if (mayBeFrom && events.MayMatch(bloom))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Asks for every log of ours, and possibly some that are not.</summary>
    public LogFilter Filter(long from, long to) => new()
    {
        From = from,
        To = to,
        Addresses = _factoryMade.Count > 0 ? [] : _fixedAddresses,
        Topics = _contracts.Any(events => events.HasAnonymous)
            ? []
            : [[.. _contracts.SelectMany(events => events.Topics).Distinct()]],
    };
}
