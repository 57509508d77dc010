using System.Numerics;

namespace Gplusck.Host.Endpoints.Answers;

/// <summary>The supply of GPUCK.</summary>
/// <param name="AsOfBlock">Newest indexed block; every figure is as of it.</param>
/// <param name="MintedWei">Wei ever minted.</param>
/// <param name="BurnedWei">Wei ever burned.</param>
/// <param name="SupplyWei">Minted less burned.</param>
/// <param name="StakedWei">Wei behind nodes.</param>
/// <param name="Series">Snapshots in ascending order.</param>
internal sealed record SupplyAnswer(
    long AsOfBlock,
    BigInteger MintedWei,
    BigInteger BurnedWei,
    BigInteger SupplyWei,
    BigInteger StakedWei,
    IReadOnlyList<SupplyPoint> Series);
