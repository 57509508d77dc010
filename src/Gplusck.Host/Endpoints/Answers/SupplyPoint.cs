using System.Numerics;

namespace Gplusck.Host.Endpoints.Answers;

/// <summary>The supply at one block.</summary>
/// <param name="BlockNumber">Block.</param>
/// <param name="Timestamp">Its Unix time.</param>
/// <param name="MintedWei">Wei ever minted.</param>
/// <param name="BurnedWei">Wei ever burned.</param>
/// <param name="SupplyWei">Minted less burned.</param>
internal sealed record SupplyPoint(
    long BlockNumber,
    long Timestamp,
    BigInteger MintedWei,
    BigInteger BurnedWei,
    BigInteger SupplyWei);
