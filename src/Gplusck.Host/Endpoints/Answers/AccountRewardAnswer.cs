using System.Numerics;
using Gplusck.Chain.Primitives;

namespace Gplusck.Host.Endpoints.Answers;

/// <summary>What an account can claim.</summary>
/// <param name="AsOfBlock">Newest indexed block; every figure is as of it.</param>
/// <param name="Account">The account.</param>
/// <param name="Epoch">Latest active epoch that has a leaf for it.</param>
/// <param name="CumulativeWei">Amount of the leaf.</param>
/// <param name="ClaimedWei">Wei claimed before.</param>
/// <param name="ClaimableWei">Wei a claim pays now.</param>
/// <param name="Proof">Siblings from the leaf to the root.</param>
internal sealed record AccountRewardAnswer(
    long AsOfBlock,
    Address Account,
    long Epoch,
    BigInteger CumulativeWei,
    BigInteger ClaimedWei,
    BigInteger ClaimableWei,
    IReadOnlyList<Hash32> Proof);
