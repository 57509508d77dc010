using System.Text.Json.Serialization;

namespace Gplusck.Benchmarks;

/// <summary>One figure and what it was measured against, in the same run.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Value">The figure.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Baseline">The baseline's figure, in the same unit; null when there is none.</param>
/// <param name="Ratio">How many times better than the baseline; above 1 is better, whatever the unit.</param>
public sealed record Measurement(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("value")] double Value,
    [property: JsonPropertyName("unit")] string Unit,
    [property: JsonPropertyName("baseline")] double? Baseline,
    [property: JsonPropertyName("ratio")] double? Ratio)
{
    /// <summary>A rate (more is better) from the seconds that the same amount of work took.</summary>
    public static Measurement OfRate(string name, string unit, double work, double seconds, double baselineSeconds) =>
        new(name, Round(work / seconds), unit, Round(work / baselineSeconds), Round(baselineSeconds / seconds));

    private static double Round(double figure) =>
        figure == 0 ? 0 : Math.Round(figure, Math.Clamp(3 - (int)Math.Floor(Math.Log10(Math.Abs(figure))), 0, 9));
}
