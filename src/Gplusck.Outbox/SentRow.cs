using System.Numerics;
using Gplusck.Chain.Primitives;

namespace Gplusck.Outbox;

/// <summary>A signed transaction that is in no block yet.</summary>
/// <remarks><paramref name="Hashes"/> is what Npgsql calls a bytea[]; the last one is the hash of
/// <paramref name="Raw"/>.</remarks>
internal sealed record SentRow(
    string Key,
    Address Recipient,
    byte[] Data,
    long Nonce,
    long GasLimit,
    BigInteger MaxFeePerGasWei,
    BigInteger MaxPriorityFeePerGasWei,
    byte[] Raw,
    Array Hashes,
    long SignedAtBlock)
{
    public IEnumerable<Hash32> AllHashes => Hashes.Cast<byte[]>().Select(hash => Hash32.FromBytes(hash));

    public Hash32 LastHash => AllHashes.Last();
}
