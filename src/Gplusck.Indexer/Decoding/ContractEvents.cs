using Gplusck.Chain.Primitives;
using Gplusck.Chain.Receipts;

namespace Gplusck.Indexer.Decoding;

/// <summary>The decoders of one contract's events.</summary>
internal sealed class ContractEvents
{
    private readonly Dictionary<Hash32, EventDecoder[]> _named;
    private readonly EventDecoder[] _anonymous;

    public ContractEvents(IndexedContract contract, IEnumerable<EventDecoder> decoders)
    {
        Contract = contract;
        ILookup<bool, EventDecoder> byName = decoders.ToLookup(decoder => decoder.Table.Event.Anonymous);
        _named = byName[false].GroupBy(decoder => decoder.Table.Event.Topic0)
            .ToDictionary(group => group.Key, group => group.ToArray());
        _anonymous = [.. byName[true]];
    }

    public IndexedContract Contract { get; }

    /// <summary>The decoders to try on a log, in order; none when the log is none of ours.</summary>
    /// <remarks>
    /// Events of one signature that differ in what is indexed are told apart by the number of topics, as ERC-20's and
    /// ERC-721's Transfer. A log whose first topic names none of the events may be of an anonymous one.
    /// </remarks>
    public ReadOnlySpan<EventDecoder> Candidates(in PackedLog log)
    {
        if (log.TopicCount > 0 && _named.TryGetValue(Hash32.FromBytes(log.Topic(0)), out EventDecoder[]? named))
        {
            return Fitting(named, log.TopicCount) is { IsEmpty: false } fitting ? fitting : named.AsSpan(0, 1);
        }

        return Fitting(_anonymous, log.TopicCount);
    }

    private static ReadOnlySpan<EventDecoder> Fitting(EventDecoder[] decoders, int topicCount)
    {
        if (decoders.Length == 1)
        {
            return decoders[0].TopicCount == topicCount ? decoders : [];
        }

        return decoders.Length == 0 ? [] : Array.FindAll(decoders, decoder => decoder.TopicCount == topicCount);
    }
}
