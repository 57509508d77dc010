using Gplusck.Chain.Primitives;

namespace Gplusck.Outbox;

/// <summary>A transaction without a nonce.</summary>
internal sealed record QueuedRow(string Key, Address Recipient, byte[] Data, long GasFloor);
