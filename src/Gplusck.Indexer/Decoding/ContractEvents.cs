using System.Runtime.InteropServices;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Receipts;
using Gplusck.Chain.Trie;
using Gplusck.Indexer.Schema;

namespace Gplusck.Indexer.Decoding;

/// <summary>The events of one contract of the manifest, found by the topics of a log.</summary>
/// <remarks>
/// A log whose first topic is that of an event in the ABI is of that event, mirrored or not; only other logs can be of
/// an anonymous one. An anonymous log whose first input happens to be such a topic is taken for the named event, and
/// lands among the undecoded when that one is mirrored and does not fit.
/// </remarks>
internal sealed class ContractEvents
{
    private const int TopicCounts = 5;

    // Also holds the named events of the ABI that are not mirrored, with no decoder.
    private readonly Dictionary<Hash32, EventDecoder[]> _named;
    private readonly EventDecoder[][] _anonymous;
    private readonly Hash32[] _topics;

    public ContractEvents(IndexedContract contract, IEnumerable<EventTable> tables)
    {
        EventDecoder[] decoders = [.. tables.Select(table => new EventDecoder(table))];
        ILookup<Hash32, EventDecoder> named = decoders
            .Where(decoder => !decoder.Table.Event.Anonymous)
            .ToLookup(decoder => decoder.Table.Event.Topic0);
        Contract = contract;
        _topics = [.. named.Select(group => group.Key)];
        _named = contract.Abi.Events
            .Where(known => !known.Anonymous)
            .Select(known => known.Topic0)
            .Distinct()
            .ToDictionary(topic => topic, topic => named[topic].ToArray());
        _anonymous = [.. Enumerable.Range(0, TopicCounts).Select(topicCount => decoders
            .Where(decoder => decoder.Table.Event.Anonymous && decoder.Table.Event.TopicCount == topicCount)
            .ToArray())];
        HasAnonymous = _anonymous.Any(same => same.Length > 0);
    }

    public IndexedContract Contract { get; }

    /// <summary>First topics of the named events that are mirrored.</summary>
    public IReadOnlyList<Hash32> Topics => _topics;

    public bool HasAnonymous { get; }

    /// <summary>Decoders to try on a log, in the order of the ABI; none when it is no log of ours.</summary>
    public ReadOnlySpan<EventDecoder> Find(in PackedLog log)
    {
        if (log.TopicCount == 0 || !_named.TryGetValue(Hash32.FromBytes(log.Topic(0)), out EventDecoder[]? named))
        {
            return log.TopicCount < TopicCounts ? _anonymous[log.TopicCount] : [];
        }

        for (int index = 0; index < named.Length; index++)
        {
            if (named[index].Table.Event.TopicCount == log.TopicCount)
            {
                return MemoryMarshal.CreateReadOnlySpan(ref named[index], 1);
            }
        }

        return named;
    }

    /// <summary>Whether the bloom allows for an event of a contract that it allows for.</summary>
    public bool MayMatch(LogsBloom bloom) => HasAnonymous || _topics.Any(bloom.MayContain);
}
