using System.Numerics;

namespace Gplusck.Tokenomics.Rules;

/// <summary>How a settled fee is divided, as <c>ComputeMarket</c> divides it.</summary>
/// <param name="OperatorBps">The operator's share in 1/10,000.</param>
/// <param name="StakersBps">The stakers' share in 1/10,000.</param>
/// <param name="TreasuryBps">The treasury's share in 1/10,000. What the three leave is burned.</param>
public readonly record struct FeeSplit(ushort OperatorBps, ushort StakersBps, ushort TreasuryBps)
{
    private const int Whole = 10_000;

    /// <summary>The split before commission: shares rounded down, the remainder to the burn.</summary>
    public FeeParts Of(BigInteger feeWei)
    {
        BigInteger operatorFee = feeWei * OperatorBps / Whole;
        BigInteger stakersFee = feeWei * StakersBps / Whole;
        BigInteger treasuryFee = feeWei * TreasuryBps / Whole;
        return new FeeParts(feeWei - operatorFee - stakersFee - treasuryFee, operatorFee, stakersFee, treasuryFee);
    }

    /// <summary>What the event <c>BatchSettled</c> says of a fee.</summary>
    /// <param name="feeWei">The whole fee of the batch.</param>
    /// <param name="commissionBps">The operator's share of the stakers' part in 1/10,000, rounded down.</param>
    /// <param name="hasStake">Without any stake behind the node the stakers' part goes to the treasury whole.</param>
    public FeeParts Settled(BigInteger feeWei, ushort commissionBps, bool hasStake)
    {
        FeeParts parts = Of(feeWei);
        BigInteger commission = parts.StakersWei * commissionBps / Whole;
        return hasStake
            ? parts with { StakersWei = parts.StakersWei - commission, OperatorWei = parts.OperatorWei + commission }
            : parts with { StakersWei = 0, TreasuryWei = parts.TreasuryWei + parts.StakersWei };
    }
}
