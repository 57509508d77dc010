using Gplusck.Chain.Primitives;

namespace Gplusck.Outbox;

/// <summary>A transaction without a nonce.</summary>
/// <param name="Key">Names the effect.</param>
/// <param name="Recipient">Contract or account called.</param>
/// <param name="Data">Call data.</param>
/// <param name="GasFloor">Least gas limit.</param>
/// <param name="AfterBlock">Block of the transaction this one waited for; null when it waits for none.</param>
internal sealed record QueuedRow(string Key, Address Recipient, byte[] Data, long GasFloor, long? AfterBlock);
