using System.Numerics;

namespace Gplusck.Tokenomics.Rules.Ledgers;

/// <summary>A pot of stake owned in shares, as <c>StakePools</c> reckons it.</summary>
/// <remarks>
/// A million virtual shares stand against one virtual wei, so that the first staker cannot move the price. Every
/// conversion rounds down, against the account.
/// </remarks>
/// <param name="AssetsWei">Wei in the pool.</param>
/// <param name="Shares">Shares of the pool.</param>
/// <param name="Generation">How often it was slashed to nothing; shares of an earlier one are void.</param>
public readonly record struct StakePool(BigInteger AssetsWei, BigInteger Shares, int Generation)
{
    /// <summary>Shares that belong to no one.</summary>
    public const int VirtualShares = 1_000_000;

    /// <summary>Shares per wei above which what a slash left is dust; stake starts with a million.</summary>
    public const long DustRatio = 10_000_000_000;

    /// <summary>Shares that <paramref name="assetsWei"/> buy.</summary>
    public BigInteger ToShares(BigInteger assetsWei) => assetsWei * (Shares + VirtualShares) / (AssetsWei + 1);

    /// <summary>Wei that <paramref name="shares"/> are worth.</summary>
    public BigInteger ToAssets(BigInteger shares) => shares * (AssetsWei + 1) / (Shares + VirtualShares);

    /// <summary>The pool with <paramref name="assetsWei"/> more, for the shares they buy.</summary>
    public StakePool Deposit(BigInteger assetsWei) =>
        this with { AssetsWei = AssetsWei + assetsWei, Shares = Shares + ToShares(assetsWei) };

    /// <summary>The pool without <paramref name="shares"/> and what they are worth.</summary>
    public StakePool Redeem(BigInteger shares) =>
        this with { AssetsWei = AssetsWei - ToAssets(shares), Shares = Shares - shares };

    /// <summary>The pool with a reward that belongs to all shares.</summary>
    public StakePool Reward(BigInteger assetsWei) => this with { AssetsWei = AssetsWei + assetsWei };

    /// <summary>The pool without <paramref name="amountWei"/>; one that is spent loses its dust and starts
    /// anew.</summary>
    public StakePool Slash(BigInteger amountWei)
    {
        BigInteger left = AssetsWei - amountWei;
        bool spent = Shares > 0 && (left.IsZero || Shares > (left + 1) * DustRatio);
        return spent ? new StakePool(0, 0, Generation + 1) : this with { AssetsWei = left };
    }
}
