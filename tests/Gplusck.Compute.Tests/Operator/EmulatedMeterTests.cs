using System.Numerics;
using CsCheck;
using Gplusck.Compute.Operator;
using Gplusck.GpuVerify.Cells;

namespace Gplusck.Compute.Tests.Operator;

public sealed class EmulatedMeterTests
{
    private static readonly Gen<GemmShape> Shapes =
        Gen.Select(Gen.Int[1, 500], Gen.Int[1, 500], Gen.Int[1, 1_000], (m, n, k) => new GemmShape(m, n, k));

    [Fact]
    public void No_energy_is_lost_or_made_over_any_cells_and_batches() =>
        Gen.Select(Gen.UInt[1, 100_000], Gen.UInt[1, 1_000_000], Shapes.Array[1, 60], Gen.ULong[0, 3]).Sample(
            (watts, picoseconds, cells, limitWh) =>
            {
                EmulatedMeter meter = new(watts, picoseconds);
                EnergyLedger ledger = new();
                BigInteger claimedWh = 0;
                BigInteger usedWattPicoseconds = 0;
                foreach (GemmShape cell in cells)
                {
                    usedWattPicoseconds += (BigInteger)watts * picoseconds * cell.MultiplyAccumulates;
                    ledger.Add(meter.MeasureMilliwattHours(cell));
                    ulong taken = ledger.TakeWh(limitWh);
                    Assert.InRange(taken, 0ul, limitWh);
                    claimedWh += taken;
                }

                Assert.Equal(
                    usedWattPicoseconds / 3_600_000_000_000, (claimedWh * 1_000) + ledger.WaitingMilliwattHours);
            });

    [Fact]
    public void A_kilowatt_for_a_second_is_277_milliwatt_hours() =>
        Assert.Equal(277ul, new EmulatedMeter(1_000, 1_000_000).MeasureMilliwattHours(new GemmShape(100, 100, 100)));

    [Fact]
    public void Energy_of_a_batch_that_failed_is_claimed_by_the_next()
    {
        EnergyLedger ledger = new();
        ledger.Add(5_400);

        ulong taken = ledger.TakeWh(limitWh: 100);
        ledger.Return(taken);

        Assert.Equal(5ul, taken);
        Assert.Equal(3ul, ledger.TakeWh(limitWh: 3));
        Assert.Equal(2_400ul, ledger.WaitingMilliwattHours);
    }
}
