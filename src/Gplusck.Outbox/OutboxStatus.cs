using Gplusck.Chain.Primitives;

namespace Gplusck.Outbox;

/// <summary>What became of one enqueued transaction.</summary>
/// <param name="State">Where it stands.</param>
/// <param name="TransactionHash">The version that was mined; null before.</param>
/// <param name="BlockNumber">The block it is in; null before, and for a transaction that was refused before it was
/// signed.</param>
/// <param name="Error">Why it failed, or what the node last said about one that is still open.</param>
public sealed record OutboxStatus(OutboxState State, Hash32? TransactionHash, long? BlockNumber, string? Error);
