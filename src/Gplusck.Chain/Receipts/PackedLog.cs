using Gplusck.Chain.Primitives;

namespace Gplusck.Chain.Receipts;

/// <summary>One log inside <see cref="PackedReceipts">packed receipts</see>: spans into their bytes, nothing copied.
/// </summary>
public readonly ref struct PackedLog
{
    /// <summary>The contract, 20 bytes.</summary>
    public required ReadOnlySpan<byte> Address { get; init; }

    /// <summary>Up to four topics of 32 bytes, one behind the other.</summary>
    public required ReadOnlySpan<byte> Topics { get; init; }

    /// <summary>The arguments that are not indexed, ABI-encoded.</summary>
    public required ReadOnlySpan<byte> Data { get; init; }

    /// <summary>The transaction that emitted it, 32 bytes. No receipts root binds it.</summary>
    public required ReadOnlySpan<byte> TransactionHash { get; init; }

    /// <summary>Position of that transaction in its block.</summary>
    public required int TransactionIndex { get; init; }

    /// <summary>Position among all logs of the block.</summary>
    public required int LogIndex { get; init; }

    /// <summary>How many topics there are.</summary>
    public int TopicCount => Topics.Length / Hash32.Length;

    /// <summary>The topic at a position below <see cref="TopicCount"/>, 32 bytes.</summary>
    public ReadOnlySpan<byte> Topic(int position) => Topics.Slice(position * Hash32.Length, Hash32.Length);
}
