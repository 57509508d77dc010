using System.Numerics;
using CsCheck;
using Gplusck.Chain.Bindings;
using Gplusck.Chain.Signing;
using Gplusck.Tokenomics.Jobs;
using Gplusck.Tokenomics.Rules;
using Gplusck.Tokenomics.Rules.Ledgers;
using Amounts = Gplusck.Tokenomics.Tests.Rules.Amounts;

namespace Gplusck.Tokenomics.Tests.Jobs;

/// <summary>Every rule that a contract has too, against the deployed contract, on random values, to the wei.</summary>
[Collection(DeployedChain.Collection)]
public sealed class RulesOnChainTests(DeployedChain chain)
{
    private const int Cases = 40;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Deployment Contracts => chain.Contracts;

    [Fact]
    public async Task Emission_reckons_every_budget_and_every_start_as_the_schedule_does()
    {
        EmissionSchedule schedule = await new EpochClock(chain.Client, Contracts).ScheduleAsync(Token);
        await Gen.OneOf(Gen.Long[0, 30], Gen.Long[0, 5_000]).SampleAsync(
            async epoch =>
            {
                Assert.Equal(await AskAsync(Contracts.Emission.Budget(epoch)), schedule.BudgetWei(epoch));
                Assert.Equal(await AskAsync(Contracts.Emission.StartOf(epoch)), schedule.StartOf(epoch));
            },
            iter: Cases);
    }

    [Fact]
    public async Task The_market_splits_a_fee_as_the_rule_does()
    {
        Shares shares = await AskAsync(Contracts.Terms.Shares());
        FeeSplit split = new(shares.OperatorBps, shares.StakersBps, shares.TreasuryBps);
        await Amounts.UpToBits(200).SampleAsync(
            async fee =>
            {
                (BigInteger burned, BigInteger toOperator, BigInteger toStakers, BigInteger toTreasury) =
                    await AskAsync(Contracts.ComputeMarket.Split(fee));
                Assert.Equal(new FeeParts(burned, toOperator, toStakers, toTreasury), split.Of(fee));
            },
            iter: Cases);
    }

    [Fact]
    public async Task The_vault_prices_shares_as_the_rule_does()
    {
        using Workplace work = new(chain);
        ulong node = await work.OpenNodeAsync(DevKeys.All[4], EnergySource.Wind, Token);
        StakePool price = new(
            await AskAsync(Contracts.StakeVault.ActiveStake(node)),
            await AskAsync(Contracts.StakeVault.TotalShares(node)), 0);
        await Amounts.UpToBits(150).SampleAsync(
            async shares =>
                Assert.Equal(await AskAsync(Contracts.StakeVault.ToAssets(node, shares)), price.ToAssets(shares)),
            iter: Cases);
    }

    [Fact]
    public Task The_reward_contract_hashes_leaves_as_the_tree_does() =>
        Gen.Select(Amounts.Account, Amounts.UpToBits(256), Gen.Long[0, 1_000_000]).SampleAsync(
            async (account, amount, epoch) => Assert.Equal(
                await AskAsync(Contracts.GreenRewards.Leaf(epoch, account, amount)),
                CumulativeTree.Leaf(
                    (long)Contracts.ChainId, Contracts.GreenRewards.Address, epoch,
                    new AccountAmount(account, amount))),
            iter: Cases);

    [Fact]
    public Task Certificates_are_packed_and_read_as_the_contract_does() =>
        Gen.Select(
            Gen.UShort, Gen.Enum<EnergySource>(), Gen.UInt, Gen.Enum<MeasurementTier>(), Gen.UShort,
            Gen.Long[0, 1L << 47])
            .SampleAsync(
                async (zone, source, hour, tier, version, node) =>
                {
                    CertificateClass expected = new(zone, source, hour, tier, version, (ulong)node);
                    BigInteger id = await AskAsync(Contracts.CarbonCertificate.IdOf(expected));
                    Assert.Equal(new CertificateId(zone, source, hour, tier, version, node), CertificateId.Unpack(id));
                    Assert.Equal(id, CertificateId.Unpack(id).Pack());
                },
                iter: Cases);

    [Fact]
    public Task The_contract_reckons_a_footprint_as_the_rule_does() =>
        Gen.Select(Gen.Enum<EnergySource>(), Amounts.UpToBits(64)).SampleAsync(
            async (source, wattHours) =>
            {
                BigInteger id = new CertificateId(276, source, 1, MeasurementTier.Metered, 1, 1).Pack();
                uint grams = await AskAsync(Contracts.EmissionFactors.GramsPerKwh(1, source));
                Assert.Equal(
                    await AskAsync(Contracts.CarbonCertificate.Footprint(id, wattHours)),
                    Footprint.Milligrams(wattHours, grams));
            },
            iter: Cases);

    private Task<T> AskAsync<T>(Call<T> call) => chain.ReadAsync(call, Token);
}
