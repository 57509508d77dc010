using System.Numerics;
using CsCheck;
using Gplusck.Tokenomics.Rules.Ledgers;

namespace Gplusck.Tokenomics.Tests.Rules.Ledgers;

public sealed class NodeStakeTests
{
    private static readonly Gen<NodeStake> Stakes =
        Gen.Select(Amounts.UpToBits(96), Amounts.UpToBits(96), Amounts.UpToBits(96)).Select(
            (active, unbonding, away) => NodeStake.Empty with
            {
                Active = new StakePool(active, active * 1_000_000, 0),
                Unbonding = new StakePool(unbonding, unbonding * 1_000_000, 0),
                RedelegatedWei = away,
            });

    [Fact]
    public void A_slash_takes_what_it_says_and_nothing_but_dust_more() =>
        Gen.Select(Stakes, Amounts.UpToBits(98)).Sample((stake, amount) =>
        {
            BigInteger all = stake.BehindWei + stake.RedelegatedWei;
            NodeStake after = stake.Slash(amount);
            BigInteger taken = all - after.BehindWei - after.RedelegatedWei;
            BigInteger dust = (stake.Active.Shares + stake.Unbonding.Shares) / StakePool.DustRatio;
            Assert.InRange(taken, BigInteger.Min(amount, all), BigInteger.Min(amount, all) + dust);
        });

    [Fact]
    public void Every_part_loses_the_same_fraction_to_within_a_wei_or_its_dust() =>
        Gen.Select(Stakes, Gen.Int[0, 9_990]).Sample((stake, bps) =>
        {
            BigInteger all = stake.BehindWei + stake.RedelegatedWei;
            NodeStake after = stake.Slash(all * bps / 10_000);
            foreach ((BigInteger before, BigInteger left) in new[]
            {
                (stake.Active.AssetsWei, after.Active.AssetsWei),
                (stake.Unbonding.AssetsWei, after.Unbonding.AssetsWei),
                (stake.RedelegatedWei, after.RedelegatedWei),
            })
            {
                // Each part may be a wei off its share of an amount that is itself rounded by a wei.
                Assert.InRange(left * 10_000, (before * (10_000 - bps)) - 20_000, (before * (10_000 - bps)) + 20_000);
            }
        });

    [Fact]
    public void A_magnitude_only_falls_and_never_promises_more_than_is_left() =>
        Gen.Select(Stakes, Gen.Int[0, 10_000].Array[1, 6]).Sample((stake, slashes) =>
        {
            BigInteger start = stake.BehindWei + stake.RedelegatedWei;
            NodeStake now = stake;
            foreach (int bps in slashes)
            {
                NodeStake next = now.Slash((now.BehindWei + now.RedelegatedWei) * bps / 10_000);
                Assert.True(next.Magnitude <= now.Magnitude);
                now = next;
            }

            BigInteger promised = start * now.Magnitude / NodeStake.FullMagnitude;
            BigInteger dust = (stake.Active.Shares + stake.Unbonding.Shares) / StakePool.DustRatio;
            Assert.True(promised <= now.BehindWei + now.RedelegatedWei + dust);
        });
}
