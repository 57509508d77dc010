using Gplusck.Chain.Bindings;
using Gplusck.GpuVerify.Cells;

namespace Gplusck.Compute.Operator;

/// <summary>Energy of a machine that is not there: so many watts for so long per multiply-accumulate.</summary>
/// <remarks>For development networks, where several operators share one machine. Exact integers: over any number of
/// cells the sum is ⌊watts · picoseconds · multiply-accumulates / 3.6·10¹²⌋ mWh.</remarks>
/// <param name="watts">Power while working.</param>
/// <param name="picosecondsPerMultiplyAccumulate">Emulated speed.</param>
public sealed class EmulatedMeter(uint watts, uint picosecondsPerMultiplyAccumulate) : IEnergyMeter
{
    // 1 mWh = 3.6 J = 3.6e12 W·ps.
    private const ulong WattPicosecondsPerMilliwattHour = 3_600_000_000_000;

    private UInt128 _carriedWattPicoseconds;

    /// <inheritdoc/>
    public MeasurementTier Tier => MeasurementTier.Emulated;

    /// <inheritdoc/>
    public ulong MeasureMilliwattHours(GemmShape cell)
    {
        _carriedWattPicoseconds += (UInt128)watts * picosecondsPerMultiplyAccumulate * (ulong)cell.MultiplyAccumulates;
        (UInt128 milliwattHours, _carriedWattPicoseconds) =
            UInt128.DivRem(_carriedWattPicoseconds, WattPicosecondsPerMilliwattHour);
        return (ulong)milliwattHours;
    }
}
