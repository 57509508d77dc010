namespace Gplusck.GpuVerify.Screening;

/// <summary>Where a screen's random weights come from.</summary>
/// <remarks>Whoever made the result must not be able to know or guess them before it is committed.</remarks>
public interface IChallengeSource
{
    /// <summary>Fills the span with independent numbers, uniform in 0 … 2^32 − 1.</summary>
    void Fill(Span<uint> weights);
}
