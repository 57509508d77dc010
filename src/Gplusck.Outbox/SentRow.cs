using System.Numerics;
using Gplusck.Chain.Primitives;

namespace Gplusck.Outbox;

/// <summary>A signed transaction that is in no block yet. The last of <paramref name="Hashes"/> is the hash of <paramref name="Raw"/>.</summary>
internal sealed record SentRow(
    string Key,
    Address Recipient,
    byte[] Data,
    long Nonce,
    long GasLimit,
    BigInteger MaxFeePerGasWei,
    BigInteger MaxPriorityFeePerGasWei,
    byte[] Raw,
    byte[][] Hashes,
    long SignedAtBlock)
{
    public IEnumerable<Hash32> AllHashes => Hashes.Select(hash => Hash32.FromBytes(hash));

    public Hash32 LastHash => Hash32.FromBytes(Hashes[^1]);
}
