using System.Numerics;

namespace Gplusck.Tokenomics.Rules;

/// <summary>What shares of a stake pool are worth, as <c>StakeVault</c> reckons it.</summary>
/// <remarks>
/// A million virtual shares stand against one virtual wei, so that the first staker cannot move the price. Both
/// directions round down, against the account.
/// </remarks>
/// <param name="AssetsWei">Wei in the pool.</param>
/// <param name="Shares">Shares of the pool.</param>
public readonly record struct SharePrice(BigInteger AssetsWei, BigInteger Shares)
{
    /// <summary>Shares that belong to no one.</summary>
    public const int VirtualShares = 1_000_000;

    /// <summary>Shares that <paramref name="assetsWei"/> buy.</summary>
    public BigInteger ToShares(BigInteger assetsWei) => assetsWei * (Shares + VirtualShares) / (AssetsWei + 1);

    /// <summary>Wei that <paramref name="shares"/> are worth.</summary>
    public BigInteger ToAssets(BigInteger shares) => shares * (AssetsWei + 1) / (Shares + VirtualShares);

    /// <summary>Wei that a slash of <paramref name="bps"/>/10,000 removes from the pool, rounded up.</summary>
    public BigInteger Slashed(int bps)
    {
        BigInteger removed = BigInteger.DivRem(AssetsWei * Math.Min(bps, 10_000), 10_000, out BigInteger remainder);
        return remainder.IsZero ? removed : removed + 1;
    }
}
