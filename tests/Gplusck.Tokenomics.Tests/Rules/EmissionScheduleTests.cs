using System.Numerics;
using CsCheck;
using Gplusck.Tokenomics.Rules;

namespace Gplusck.Tokenomics.Tests.Rules;

public sealed class EmissionScheduleTests
{
    [Fact]
    public void The_budget_falls_to_nine_tenths_rounded_down_after_every_step()
    {
        EmissionSchedule schedule = new(genesis: 1_000, epochSeconds: 60, epochsPerStep: 3, initialBudgetWei: 101);

        Assert.Equal(
            [101, 101, 101, 90, 90, 90, 81],
            Enumerable.Range(0, 7).Select(epoch => schedule.BudgetWei(epoch)));
        Assert.Equal(BigInteger.Zero, schedule.BudgetWei(long.MaxValue));
    }

    [Fact]
    public void All_epochs_together_emit_no_more_than_ten_steps_of_the_first() =>
        Gen.Select(Amounts.UpToBits(90), Gen.Long[1, 5]).Sample((initial, perStep) =>
        {
            EmissionSchedule schedule = new(0, 60, perStep, initial);
            BigInteger emitted = BigInteger.Zero;
            for (long epoch = 0; schedule.BudgetWei(epoch) > 0; epoch++)
            {
                emitted += schedule.BudgetWei(epoch);
            }

            Assert.InRange(emitted, BigInteger.Zero, 10 * perStep * initial);
        }, iter: 20);

    [Fact]
    public void More_burns_than_is_ever_minted_for_it() =>
        Gen.Select(Amounts.UpToBits(90), Amounts.UpToBits(90).Array[1, 20]).Sample((initial, burns) =>
        {
            EmissionSchedule schedule = new(0, 60, 2, initial);
            for (int epoch = 0; epoch < burns.Length; epoch++)
            {
                BigInteger minted = schedule.MintedWei(epoch, burns[epoch]);
                Assert.InRange(minted, BigInteger.Zero, schedule.BudgetWei(epoch));
                Assert.True(minted < burns[epoch] || burns[epoch].IsZero);
                Assert.True(
                    minted == schedule.BudgetWei(epoch) || 10 * (minted + 1) > 9 * burns[epoch],
                    "Less than both bounds allow.");
            }
        });

    [Fact]
    public void Every_second_belongs_to_exactly_one_epoch() =>
        Gen.Select(Gen.Long[0, 4_000_000_000], Gen.Long[1, 100_000], Gen.Long[0, 5_000_000_000])
            .Sample((genesis, length, now) =>
        {
            EmissionSchedule schedule = new(genesis, length, 1, 1);
            long epoch = schedule.EpochAt(now);
            Assert.True(now < genesis
                ? epoch == -1
                : schedule.StartOf(epoch) <= now && now < schedule.StartOf(epoch + 1));
        });
}
