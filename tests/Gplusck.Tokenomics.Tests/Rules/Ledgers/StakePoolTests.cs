using System.Numerics;
using CsCheck;
using Gplusck.Tokenomics.Rules.Ledgers;

namespace Gplusck.Tokenomics.Tests.Rules.Ledgers;

public sealed class StakePoolTests
{
    private static readonly Gen<StakePool> Pools = Gen.Select(Amounts.UpToBits(96), Amounts.UpToBits(112))
        .Select((assets, shares) => new StakePool(assets, shares, 3));

    [Fact]
    public void Staking_and_taking_back_never_gains_a_wei() =>
        Gen.Select(Pools, Amounts.UpToBits(96)).Sample((pool, staked) =>
        {
            StakePool after = pool.Deposit(staked);
            BigInteger shares = after.Shares - pool.Shares;
            Assert.InRange(after.ToAssets(shares), BigInteger.Zero, staked);
            Assert.Equal(after.AssetsWei - after.ToAssets(shares), after.Redeem(shares).AssetsWei);
        });

    [Fact]
    public void A_reward_never_lowers_what_shares_are_worth() =>
        Gen.Select(Pools, Amounts.UpToBits(96), Amounts.UpToBits(112)).Sample((pool, reward, shares) =>
            Assert.True(pool.Reward(reward).ToAssets(shares) >= pool.ToAssets(shares)));

    [Fact]
    public void All_shares_together_are_worth_no_more_than_the_pool() =>
        Pools.Sample(pool => Assert.InRange(pool.ToAssets(pool.Shares), BigInteger.Zero, pool.AssetsWei + 1));

    [Fact]
    public void The_first_stake_buys_a_million_shares_a_wei()
    {
        Assert.Equal(5_000_000, default(StakePool).ToShares(5));
        Assert.Equal(5, new StakePool(5, 5_000_000, 0).ToAssets(5_000_000));
    }

    [Theory]
    [InlineData(1_000, 999_000, 400, 600, 999_000, 3)]
    [InlineData(1_000, 1_000_000_000_000, 900, 100, 1_000_000_000_000, 3)]
    [InlineData(1_000, 1_010_000_000_001, 900, 0, 0, 4)]
    [InlineData(1_000, 7, 1_000, 0, 0, 4)]
    [InlineData(1_000, 0, 1_000, 0, 0, 3)]
    public void A_slash_that_leaves_dust_for_each_share_takes_it_and_starts_a_new_generation(
        long assets, long shares, long slashed, long left, long sharesLeft, int generation) =>
        Assert.Equal(new StakePool(left, sharesLeft, generation), new StakePool(assets, shares, 3).Slash(slashed));
}
