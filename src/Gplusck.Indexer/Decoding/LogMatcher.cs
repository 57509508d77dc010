using Gplusck.Chain.Primitives;
using Gplusck.Chain.Receipts;
using Gplusck.Indexer.Schema;

namespace Gplusck.Indexer.Decoding;

/// <summary>Finds the events that a log may be of, by the contract that logged it.</summary>
/// <remarks>Holds decoders, so each thread that decodes has one of its own.</remarks>
internal sealed class LogMatcher : IDisposable
{
    private readonly JsonField _json = new();
    private readonly Dictionary<Address, ContractEvents> _byAddress = [];
    private readonly Dictionary<IndexedContract, ContractEvents> _byContract = [];

    public LogMatcher(SchemaPlan plan)
    {
        foreach (IGrouping<IndexedContract, EventTable> tables in plan.Tables.GroupBy(table => table.Contract))
        {
            ContractEvents events = new(tables.Key, tables.Select(table => new EventDecoder(table, _json)));
            _byContract.Add(tables.Key, events);
            if (tables.Key.Address is Address address)
            {
                _byAddress.Add(address, events);
            }
        }
    }

    /// <summary>Takes a discovered address for one of a contract's; false when it was known.</summary>
    public bool Add(Address address, IndexedContract contract) =>
        !_byContract.TryGetValue(contract, out ContractEvents? events) || _byAddress.TryAdd(address, events);

    /// <summary>The decoders to try on a log, in order.</summary>
    public ReadOnlySpan<EventDecoder> Candidates(in PackedLog log, long blockNumber) =>
        _byAddress.TryGetValue(Address.FromBytes(log.Address), out ContractEvents? events)
        && blockNumber >= events.Contract.StartBlock
            ? events.Candidates(log)
            : [];

    public void Dispose() => _json.Dispose();
}
