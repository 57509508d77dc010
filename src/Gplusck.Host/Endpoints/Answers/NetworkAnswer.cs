using System.Numerics;
using Gplusck.Chain.Primitives;

namespace Gplusck.Host.Endpoints.Answers;

/// <summary>The network in figures.</summary>
/// <param name="AsOfBlock">Newest indexed block; every figure is as of it.</param>
/// <param name="IndexedBlock">Newest block in the tables.</param>
/// <param name="HeadBlock">Newest block of the chain.</param>
/// <param name="ChainId">Chain id.</param>
/// <param name="Emulated">True on a development network, where energy figures are emulated.</param>
/// <param name="RpcUrl">RPC address of a development network.</param>
/// <param name="Contracts">Contract addresses by name.</param>
/// <param name="CellsCommitted">Cells whose result roots operators wrote to the chain.</param>
/// <param name="CellsVerified">Cells a verifier has executed again, right or wrong.</param>
/// <param name="CellsSettled">Cells paid after an unchallenged window.</param>
/// <param name="FaultsProved">Wrong elements the court has found.</param>
/// <param name="NodesActive">Nodes that get work.</param>
/// <param name="NodesSlashed">Nodes that were slashed at least once.</param>
/// <param name="MintedWei">Wei ever minted, the genesis supply included.</param>
/// <param name="BurnedWei">Wei ever burned.</param>
/// <param name="SupplyWei">Minted less burned.</param>
/// <param name="StakedWei">Wei behind nodes, unbonding included.</param>
/// <param name="CertificatesBySource">Certificates minted, by electricity source.</param>
/// <param name="RewardEpochs">Epochs with a reward root on chain.</param>
/// <param name="RewardsClaimed">Claims paid.</param>
internal sealed record NetworkAnswer(
    long AsOfBlock,
    long IndexedBlock,
    long HeadBlock,
    long ChainId,
    bool Emulated,
    Uri? RpcUrl,
    IReadOnlyDictionary<string, Address> Contracts,
    long CellsCommitted,
    long CellsVerified,
    long CellsSettled,
    long FaultsProved,
    long NodesActive,
    long NodesSlashed,
    BigInteger MintedWei,
    BigInteger BurnedWei,
    BigInteger SupplyWei,
    BigInteger StakedWei,
    IReadOnlyDictionary<string, SourceAnswer> CertificatesBySource,
    long RewardEpochs,
    long RewardsClaimed);
