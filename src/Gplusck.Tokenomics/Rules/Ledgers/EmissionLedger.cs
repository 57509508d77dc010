using System.Numerics;
using Gplusck.Chain.Primitives;

namespace Gplusck.Tokenomics.Rules.Ledgers;

/// <summary>What was minted for which epoch, as <c>Emission</c> keeps it.</summary>
/// <param name="token">The books of GPUCK.</param>
/// <param name="schedule">Epochs and budgets.</param>
/// <param name="recipient">The reward contract.</param>
public sealed class EmissionLedger(TokenLedger token, EmissionSchedule schedule, Address recipient)
{
    private BigInteger _burnedBefore;

    /// <summary>The epoch whose turn it is.</summary>
    public long NextEpoch { get; private set; }

    /// <summary>Wei minted since genesis.</summary>
    public BigInteger MintedWei { get; private set; }

    /// <summary>Mints an epoch that has ended, in order.</summary>
    /// <param name="epoch">The epoch.</param>
    /// <param name="feesBurnedWei">Fees that settlements have burned since genesis.</param>
    /// <param name="now">Unix time.</param>
    /// <returns>Wei minted.</returns>
    public BigInteger MintEpoch(long epoch, BigInteger feesBurnedWei, long now)
    {
        RefusedException.If(epoch >= schedule.EpochAt(now), "EpochNotEnded");
        RefusedException.If(epoch < NextEpoch, "EpochAlreadyMinted");
        RefusedException.If(epoch > NextEpoch, "EpochOutOfOrder");
        BigInteger amount = schedule.MintedWei(epoch, feesBurnedWei - _burnedBefore);
        (_burnedBefore, NextEpoch, MintedWei) = (feesBurnedWei, epoch + 1, MintedWei + amount);
        token.Mint(recipient, amount);
        return amount;
    }
}
