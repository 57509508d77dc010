using System.Numerics;

namespace Gplusck.Host.Endpoints;

/// <summary>The sums and counts behind the network's figures.</summary>
internal sealed record NetworkFigures(
    long CellsCommitted,
    long CellsVerified,
    long CellsSettled,
    long FaultsProved,
    long NodesActive,
    long NodesSlashed,
    BigInteger MintedWei,
    BigInteger BurnedWei,
    BigInteger StakedWei,
    long RewardEpochs,
    long RewardsClaimed);
