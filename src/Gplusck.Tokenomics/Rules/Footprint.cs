using System.Numerics;

namespace Gplusck.Tokenomics.Rules;

/// <summary>Emissions that go with electricity.</summary>
public static class Footprint
{
    /// <summary>mgCO2e of <paramref name="wattHours"/>, exact: 1 gCO2e/kWh is 1 mgCO2e/Wh.</summary>
    public static BigInteger Milligrams(BigInteger wattHours, uint gramsPerKwh) => wattHours * gramsPerKwh;
}
