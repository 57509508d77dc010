using System.Numerics;
using CsCheck;
using Gplusck.Tokenomics.Rules;

namespace Gplusck.Tokenomics.Tests.Rules;

public sealed class SharePriceTests
{
    private static readonly Gen<SharePrice> Pools = Gen.Select(Amounts.UpToBits(100), Amounts.UpToBits(120))
        .Select((assets, shares) => new SharePrice(assets, shares));

    [Fact]
    public void Staking_and_taking_back_never_gains_a_wei() =>
        Gen.Select(Pools, Amounts.UpToBits(100)).Sample((pool, staked) =>
        {
            BigInteger shares = pool.ToShares(staked);
            SharePrice after = new(pool.AssetsWei + staked, pool.Shares + shares);
            Assert.InRange(after.ToAssets(shares), BigInteger.Zero, staked);
        });

    [Fact]
    public void A_reward_never_lowers_what_shares_are_worth() =>
        Gen.Select(Pools, Amounts.UpToBits(100), Amounts.UpToBits(120)).Sample((pool, reward, shares) =>
            Assert.True((pool with { AssetsWei = pool.AssetsWei + reward }).ToAssets(shares) >= pool.ToAssets(shares)));

    [Fact]
    public void All_shares_together_are_worth_no_more_than_the_pool() =>
        Pools.Sample(pool => Assert.InRange(pool.ToAssets(pool.Shares), BigInteger.Zero, pool.AssetsWei + 1));

    [Fact]
    public void The_first_stake_buys_a_million_shares_a_wei()
    {
        Assert.Equal(5_000_000, new SharePrice(0, 0).ToShares(5));
        Assert.Equal(5, new SharePrice(5, 5_000_000).ToAssets(5_000_000));
    }

    [Theory]
    [InlineData(1_001, 500, 51)]
    [InlineData(1_000, 500, 50)]
    [InlineData(7, 20_000, 7)]
    [InlineData(0, 500, 0)]
    public void A_slash_rounds_up_and_never_takes_more_than_all(int assets, int bps, int removed) =>
        Assert.Equal(removed, new SharePrice(assets, 0).Slashed(bps));
}
