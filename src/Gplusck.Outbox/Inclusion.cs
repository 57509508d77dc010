using Gplusck.Chain.Primitives;

namespace Gplusck.Outbox;

/// <summary>A block holds this version of the row; <paramref name="Error"/> says why it reverted, null when it did
/// not.</summary>
internal sealed record Inclusion(
    string Key, Hash32 TransactionHash, long BlockNumber, Hash32 BlockHash, long GasUsed, string? Error);
