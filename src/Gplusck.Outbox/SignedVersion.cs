using System.Numerics;
using Gplusck.Chain.Primitives;

namespace Gplusck.Outbox;

/// <summary>One signed version of a transaction; versions of one row share the nonce, so at most one is
/// mined.</summary>
internal sealed record SignedVersion(
    long Nonce,
    long GasLimit,
    BigInteger MaxFeePerGasWei,
    BigInteger MaxPriorityFeePerGasWei,
    byte[] Raw,
    Hash32 Hash,
    long SignedAtBlock);
