namespace Gplusck.Host.Endpoints.Answers;

/// <summary>Retirements.</summary>
/// <param name="AsOfBlock">Newest indexed block; every figure is as of it.</param>
/// <param name="Retirements">Newest first.</param>
internal sealed record RetirementsAnswer(
    long AsOfBlock,
    IReadOnlyList<RetirementEntry> Retirements);
