using Gplusck.Chain.Primitives;

namespace Gplusck.Chain.Rpc;

/// <summary>Which logs eth_getLogs is asked for.</summary>
public sealed record LogFilter
{
    /// <summary>First block, inclusive. Not used with <see cref="BlockHash"/>.</summary>
    public BlockTag From { get; init; }

    /// <summary>Last block, inclusive. Not used with <see cref="BlockHash"/>.</summary>
    public BlockTag To { get; init; }

    /// <summary>Only the logs of this one block, an error if the node does not know it (EIP-234).</summary>
    public Hash32? BlockHash { get; init; }

    /// <summary>Any of these contracts; empty means all.</summary>
    public IReadOnlyList<Address> Addresses { get; init; } = [];

    /// <summary>For each topic position the values allowed there; null or empty means any.</summary>
    public IReadOnlyList<IReadOnlyList<Hash32>?> Topics { get; init; } = [];

    /// <summary>The argument of <c>eth_getLogs</c>.</summary>
    public object ToArgument()
    {
        Dictionary<string, object> argument = [];
        if (BlockHash is Hash32 hash)
        {
            argument["blockHash"] = hash;
        }
        else
        {
            argument["fromBlock"] = From.ToString();
            argument["toBlock"] = To.ToString();
        }

        if (Addresses.Count > 0)
        {
            argument["address"] = Addresses;
        }

        // Wildcards at the end say nothing, and some nodes stumble over them.
        IReadOnlyList<Hash32>?[] topics = [.. Topics.Select(choice => choice is { Count: > 0 } ? choice : null)];
        int used = Array.FindLastIndex(topics, choice => choice is not null) + 1;
        if (used > 0)
        {
            argument["topics"] = topics[..used];
        }

        return argument;
    }
}
