using CsCheck;
using Gplusck.Chain.Bindings;
using Gplusck.Tokenomics.Rules;

namespace Gplusck.Tokenomics.Tests.Rules;

public sealed class GreenScoreTests
{
    [Theory]
    [InlineData(EnergySource.Solar, 48, 952_000)]
    [InlineData(EnergySource.Wind, 11, 989_000)]
    [InlineData(EnergySource.Hydro, 24, 976_000)]
    [InlineData(EnergySource.Nuclear, 12, 988_000)]
    [InlineData(EnergySource.Biomass, 230, 770_000)]
    [InlineData(EnergySource.Grid, 481, 519_000)]
    [InlineData(EnergySource.Gas, 490, 0)]
    [InlineData(EnergySource.Oil, 720, 0)]
    [InlineData(EnergySource.Coal, 820, 0)]
    [InlineData(EnergySource.ThermalUnspecified, 1_000, 0)]
    [InlineData(EnergySource.None, 0, 0)]
    [InlineData(EnergySource.Grid, 1_000, 0)]
    [InlineData(EnergySource.Grid, 4_000_000_000, 0)]
    [InlineData(EnergySource.Grid, 999, 1_000)]
    public void Each_source_scores_by_its_factor_and_fossil_fuel_scores_nothing(
        EnergySource source, uint factor, int ppm) =>
        Assert.Equal(ppm, GreenScore.Ppm(source, factor));

    [Fact]
    public void A_dirtier_factor_never_scores_more_and_the_score_stays_in_bounds() =>
        Gen.Select(Gen.Enum<EnergySource>(), Gen.UInt[0, 1_500], Gen.UInt[0, 1_500]).Sample((source, one, other) =>
        {
            int cleaner = GreenScore.Ppm(source, Math.Min(one, other));
            Assert.InRange(GreenScore.Ppm(source, Math.Max(one, other)), 0, cleaner);
            Assert.InRange(cleaner, 0, GreenScore.FullPpm);
        });
}
