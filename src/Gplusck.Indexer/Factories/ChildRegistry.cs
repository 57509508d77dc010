using Gplusck.Chain.Primitives;
using Gplusck.Chain.Receipts;
using Gplusck.Indexer.Decoding;

namespace Gplusck.Indexer.Factories;

/// <summary>Which contracts have been announced so far.</summary>
/// <remarks>
/// A contract may log before the event that announces it, in the same transaction: its logs count from the start of
/// that block. An announced contract may announce others, so a block is looked through until nothing new turns up.
/// </remarks>
internal sealed class ChildRegistry(IReadOnlyList<FactoryRule> rules, LogMatcher matcher)
{
    /// <summary>Takes children that are stored already.</summary>
    public void Load(IEnumerable<DiscoveredChild> stored)
    {
        foreach (DiscoveredChild child in stored)
        {
            matcher.Add(child.Address, child.Contract, child.BlockNumber);
        }
    }

    /// <summary>Finds the contracts that a block announces.</summary>
    public void Discover(long blockNumber, ReadOnlySpan<byte> packed, List<DiscoveredChild> found)
    {
        int before;
        do
        {
            before = found.Count;
            PackedReceiptReader reader = new(packed);
            while (rules.Count > 0 && reader.NextLogOfBlock(out PackedLog log))
            {
                DiscoverIn(log, blockNumber, found);
            }
        }
        while (found.Count > before);
    }

    private void DiscoverIn(in PackedLog log, long blockNumber, List<DiscoveredChild> found)
    {
        foreach (EventDecoder decoder in matcher.Find(log, blockNumber))
        {
            foreach (FactoryRule rule in rules)
            {
                if (rule.Announcement == decoder.Table && decoder.Table.Event.TopicCount == log.TopicCount
                    && rule.AddressIn(log) is Address address && matcher.Add(address, rule.Child, blockNumber))
                {
                    found.Add(new DiscoveredChild(rule.Child, address, blockNumber, log.LogIndex));
                }
            }
        }
    }
}
