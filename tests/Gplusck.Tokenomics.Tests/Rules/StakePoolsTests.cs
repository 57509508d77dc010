using System.Numerics;
using CsCheck;
using Gplusck.Tokenomics.Rules;

namespace Gplusck.Tokenomics.Tests.Rules;

public sealed class StakePoolsTests
{
    [Fact]
    public void What_a_slash_took_from_each_pool_is_read_back_from_the_sum() =>
        Gen.Select(Amounts.UpToBits(90), Amounts.UpToBits(90), Gen.Int[1, 10_000]).Sample((active, unbonding, bps) =>
        {
            // Below 20,000 wei in all, two different shares can remove the same sum.
            active += 20_000;
            BigInteger fromActive = new SharePrice(active, 0).Slashed(bps);
            BigInteger fromUnbonding = new SharePrice(unbonding, 0).Slashed(bps);

            Assert.Equal(
                new StakePools(active - fromActive, unbonding - fromUnbonding),
                new StakePools(active, unbonding).Slashed(fromActive + fromUnbonding));
        });

    [Fact]
    public void A_slash_of_nothing_changes_nothing() => Assert.Equal(default, default(StakePools).Slashed(0));
}
