using CsCheck;
using Gplusck.Tokenomics.Rules;

namespace Gplusck.Tokenomics.Tests.Rules;

public sealed class FeeSplitTests
{
    private static readonly Gen<FeeSplit> Splits =
        Gen.Select(Gen.UShort[0, 7_000], Gen.UShort[0, 1_000], Gen.UShort[0, 1_000])
        .Select((toOperator, toStakers, toTreasury) => new FeeSplit(toOperator, toStakers, toTreasury));

    [Fact]
    public void The_four_parts_add_up_to_the_fee_with_and_without_stakers() =>
        Gen.Select(Splits, Amounts.UpToBits(160), Gen.UShort[0, 10_000], Gen.Bool)
            .Sample((split, fee, commission, hasStake) =>
        {
            FeeParts parts = split.Settled(fee, commission, hasStake);
            Assert.Equal(fee, parts.BurnedWei + parts.OperatorWei + parts.StakersWei + parts.TreasuryWei);
            Assert.All(
                [parts.BurnedWei, parts.OperatorWei, parts.StakersWei, parts.TreasuryWei],
                part => Assert.True(part >= 0));
            Assert.Equal(split.Of(fee).BurnedWei, parts.BurnedWei);
        });

    [Fact]
    public void The_burn_takes_what_rounding_leaves() =>
        Assert.Equal(new FeeParts(42, 39, 9, 9), new FeeSplit(4_000, 1_000, 1_000).Of(99));

    [Fact]
    public void Commission_comes_out_of_the_stakers_part_and_without_stake_the_treasury_takes_it()
    {
        FeeSplit split = new(4_000, 1_000, 1_000);

        Assert.Equal(new FeeParts(401, 415, 85, 100), split.Settled(1_001, commissionBps: 1_500, hasStake: true));
        Assert.Equal(new FeeParts(401, 400, 0, 200), split.Settled(1_001, commissionBps: 1_500, hasStake: false));
    }
}
