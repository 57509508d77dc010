using Gplusck.Chain.Bindings;

namespace Gplusck.Tokenomics.Rules;

/// <summary>How much a unit of work counts for green incentives, by the electricity it ran on.</summary>
/// <remarks>
/// 1,000,000 × max(0, worst − factor) / worst, rounded down, in parts per million; the worst is thermal of unknown fuel
/// at 1,000 gCO2e/kWh. Gas, oil, coal and unknown thermal score 0 whatever their factor, and so does an undeclared
/// source.
/// </remarks>
public static class GreenScore
{
    /// <summary>The score of electricity without emissions.</summary>
    public const int FullPpm = 1_000_000;

    /// <summary>The factor, in gCO2e/kWh, from which on the score is 0.</summary>
    public const int WorstGramsPerKwh = 1_000;

    /// <summary>The score in parts per million, 0 to <see cref="FullPpm"/>.</summary>
    /// <param name="source">What the electricity came from.</param>
    /// <param name="gramsPerKwh">Life-cycle factor of that source in gCO2e/kWh.</param>
    public static int Ppm(EnergySource source, uint gramsPerKwh) => source switch
    {
        EnergySource.None or EnergySource.Gas or EnergySource.Oil or EnergySource.Coal
            or EnergySource.ThermalUnspecified => 0,
        _ when gramsPerKwh >= WorstGramsPerKwh => 0,
        _ => (int)((long)FullPpm * (WorstGramsPerKwh - gramsPerKwh) / WorstGramsPerKwh),
    };
}
