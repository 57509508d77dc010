using System.Numerics;

namespace Gplusck.Tokenomics.Rules;

/// <summary>The two stake pools of a node as its events tell them.</summary>
/// <param name="ActiveWei">Wei in the active pool.</param>
/// <param name="UnbondingWei">Wei in the unbonding pool.</param>
public readonly record struct StakePools(BigInteger ActiveWei, BigInteger UnbondingWei)
{
    private const int Whole = 10_000;

    /// <summary>Stakes, rewards, unbond requests and withdrawals move both pools.</summary>
    public StakePools Moved(BigInteger activeWei, BigInteger unbondingWei) =>
        new(ActiveWei + activeWei, UnbondingWei + unbondingWei);

    /// <summary>A slash that took <paramref name="removedWei"/> from both pools together.</summary>
    /// <remarks>
    /// The event does not say how much came from which pool. Each pool lost the same 1/10,000ths, rounded up, so that
    /// the share can be read back from the sum; what is then left in the active pool is exact.
    /// </remarks>
    public StakePools Slashed(BigInteger removedWei)
    {
        BigInteger whole = ActiveWei + UnbondingWei;
        if (whole.IsZero)
        {
            return this;
        }

        SharePrice active = new(ActiveWei, BigInteger.Zero);
        SharePrice unbonding = new(UnbondingWei, BigInteger.Zero);
        int bps = (int)(removedWei * Whole / whole);
        while (bps > 0 && active.Slashed(bps) + unbonding.Slashed(bps) > removedWei)
        {
            bps--;
        }

        BigInteger fromActive = active.Slashed(bps);
        return new StakePools(ActiveWei - fromActive, whole - removedWei - (ActiveWei - fromActive));
    }
}
