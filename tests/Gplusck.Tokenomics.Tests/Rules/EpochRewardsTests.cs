using System.Numerics;
using CsCheck;
using Gplusck.Chain.Bindings;
using Gplusck.Chain.Primitives;
using Gplusck.Tokenomics.Rules;

namespace Gplusck.Tokenomics.Tests.Rules;

public sealed class EpochRewardsTests
{
    private static readonly Address Contract = Address.Parse("0x5fbdb2315678afecb367f032d93f642f64180aa3");
    private static readonly Address Solar = Address.Parse("0x00000000000000000000000000000000000000a1");
    private static readonly Address Wind = Address.Parse("0x00000000000000000000000000000000000000a2");
    private static readonly Address Coal = Address.Parse("0x00000000000000000000000000000000000000a3");

    private static readonly Gen<BatchWork> AnyBatch =
        Gen.Select(
            Gen.Int[0, 5], Gen.Enum<EnergySource>(), Gen.UInt[0, 1_100], Amounts.UpToBits(70), Amounts.UpToBits(90))
            .Select((account, source, factor, work, burned) =>
                Batch(account, Address.FromBytes([.. new byte[19], (byte)account]), source, factor, work, burned));

    [Fact]
    public void The_worked_example_of_the_documentation_holds()
    {
        BatchWork[] batches =
        [
            Batch(1, Solar, EnergySource.Solar, 48, 3_000_000),
            Batch(2, Wind, EnergySource.Wind, 11, 1_000_000),
            Batch(3, Coal, EnergySource.Coal, 820, 6_000_000),
        ];
        EpochRewards rewards = EpochRewards.Of(Inputs(1_000, batches), [new AccountAmount(Wind, 250)]);

        // Weights 3,000,000 × 952,000 and 1,000,000 × 989,000: 742.77 and 257.23 of 1,000 wei.
        Assert.Equal([(Solar, 743, 743), (Wind, 257, 507)], rewards.Leaves.Select(leaf =>
            (leaf.Account, (int)leaf.EarnedWei, (int)leaf.CumulativeWei)));
        Assert.Equal((1_000, 1_250), (rewards.DistributedWei, rewards.TotalWei));
        Assert.NotNull(rewards.Root);
    }

    [Fact]
    public void Work_on_fossil_fuel_alone_earns_nothing_and_proposes_nothing()
    {
        EpochRewards rewards = EpochRewards.Of(
            Inputs(1_000, [Batch(1, Coal, EnergySource.Coal, 820, 6_000_000)]), [new AccountAmount(Wind, 250)]);

        Assert.Null(rewards.Root);
        Assert.Empty(rewards.Leaves);
        Assert.Equal((0, 250), (rewards.DistributedWei, rewards.TotalWei));
    }

    [Fact]
    public void A_node_gets_nine_tenths_of_what_its_batches_burned_and_what_that_leaves_goes_to_no_one()
    {
        BatchWork[] batches =
        [
            Batch(1, Solar, EnergySource.Solar, 48, 3_000_000, burned: 500),
            Batch(1, Solar, EnergySource.Solar, 48, 0, burned: 11),
            Batch(2, Wind, EnergySource.Wind, 11, 1_000_000, burned: 1_000),
        ];
        EpochRewards rewards = EpochRewards.Of(Inputs(1_000, batches), []);

        Assert.Equal([(Solar, 459), (Wind, 257)], rewards.Leaves.Select(leaf => (leaf.Account, (int)leaf.EarnedWei)));
        Assert.Equal((716, 716), (rewards.DistributedWei, rewards.TotalWei));
    }

    [Fact]
    public void Paying_oneself_for_made_up_work_always_loses() =>
        Gen.Select(
            AnyBatch.Array[0, 10], Amounts.UpToBits(100), Amounts.UpToBits(90), Amounts.UpToBits(70),
            Gen.UShort[0, 7_000], Gen.UShort[0, 2_000])
            .Sample((others, available, fee, work, toOperator, toTreasury) =>
        {
            // The washer is requester, operator, the only staker and even the treasury: only the burn is gone.
            FeeParts parts = new FeeSplit(toOperator, 0, toTreasury).Of(++fee);
            Address washer = Address.FromBytes([.. new byte[19], 0xff]);
            BatchWork wash = Batch(255, washer, EnergySource.Wind, 0, work, parts.BurnedWei);
            EpochRewards rewards = EpochRewards.Of(Inputs(available, [.. others, wash]), []);

            BigInteger reward = rewards.Leaves.Where(leaf => leaf.Account == washer).Select(leaf => leaf.EarnedWei)
                .Sum();
            BigInteger back = parts.OperatorWei + parts.StakersWei + parts.TreasuryWei + reward;
            Assert.True(back < fee, $"{fee} wei spent, {back} back");
        });

    [Fact]
    public void An_account_that_earned_before_keeps_its_leaf_without_new_work()
    {
        EpochRewards rewards = EpochRewards.Of(
            Inputs(10, [Batch(1, Solar, EnergySource.Solar, 48, 5)]), [new AccountAmount(Coal, 7)]);

        Assert.Equal([(Solar, 10), (Coal, 7)], rewards.Leaves.Select(leaf => (leaf.Account, (int)leaf.CumulativeWei)));
    }

    [Fact]
    public void Nothing_but_what_is_available_is_added_and_nobody_loses_what_they_had() =>
        Gen.Select(AnyBatch.Array[0, 30], Amounts.UpToBits(90), Amounts.Book(8, 90))
            .Sample((batches, available, previous) =>
        {
            EpochRewards rewards = EpochRewards.Of(Inputs(available, batches), previous);
            BigInteger before = previous.Select(entry => entry.Amount).Sum();
            Assert.Equal(before + rewards.DistributedWei, rewards.TotalWei);
            if (rewards.Root is null)
            {
                Assert.Empty(rewards.Leaves);
                return;
            }

            BigInteger earned = rewards.Leaves.Select(leaf => leaf.EarnedWei).Sum();
            Assert.Equal(rewards.DistributedWei, earned);
            Assert.InRange(earned, BigInteger.One, available);
            Assert.Equal(rewards.TotalWei, rewards.Leaves.Select(leaf => leaf.CumulativeWei).Sum());
            Dictionary<Address, RewardLeaf> leaves = rewards.Leaves.ToDictionary(leaf => leaf.Account);
            Assert.All(previous, entry => Assert.True(leaves[entry.Account].CumulativeWei >= entry.Amount));
        });

    [Fact]
    public void The_order_of_batches_and_accounts_changes_nothing() =>
        Gen.Select(AnyBatch.Array[1, 20], Amounts.UpToBits(90), Amounts.Book(8, 90))
            .Sample((batches, available, previous) =>
        {
            EpochRewards forward = EpochRewards.Of(Inputs(available, batches), previous);
            EpochRewards backward = EpochRewards.Of(Inputs(available, [.. batches.Reverse()]), [.. previous.Reverse()]);
            Assert.Equal(forward.Root, backward.Root);
        });

    [Fact]
    public void Published_inputs_read_back_are_the_same_inputs_with_the_same_hash() =>
        Gen.Select(AnyBatch.Array[0, 8], Amounts.UpToBits(90)).Sample((batches, available) =>
        {
            EpochInputs inputs = Inputs(available, batches);
            EpochInputs read = EpochInputs.Parse(inputs.ToJson());
            Assert.Equal(inputs.Batches, read.Batches);
            Assert.Equal(inputs.Hash(), read.Hash());
            Assert.NotEqual(inputs.Hash(), (inputs with { AvailableWei = available + 1 }).Hash());
        });

    [Fact]
    public void Inputs_are_written_in_one_canonical_form() => Assert.Equal(
        """
        {"availableWei":"10","batches":[{"batchId":"1","burnedWei":"1000000","cells":4,"cellsCorrect":4,
        "factorVersion":1,"gramsPerKwh":48,
        "multiplyAccumulates":"5","nodeId":1,"operator":"0x00000000000000000000000000000000000000a1",
        "scorePpm":952000,"settledAtBlock":9,"source":"solar"}],"chainId":31337,
        "contract":"0x5fbdb2315678afecb367f032d93f642f64180aa3","endsAt":1060,"epoch":3,"previousEpoch":null,
        "previousRoot":null,"rule":"gplusck-green-work-2","startsAt":1000}
        """.ReplaceLineEndings(""),
        Inputs(10, [Batch(1, Solar, EnergySource.Solar, 48, 5)]).ToJson());

    private static EpochInputs Inputs(BigInteger available, IReadOnlyList<BatchWork> batches) =>
        new(EpochInputs.GreenWork, 31_337, Contract, 3, 1_000, 1_060, available, null, null, batches);

    private static BatchWork Batch(
        int id, Address account, EnergySource source, uint factor, BigInteger work, BigInteger? burned = null) =>
        new(id, id, account, source, 1, factor, 4, 4, work, burned ?? 1_000_000, 9);
}
