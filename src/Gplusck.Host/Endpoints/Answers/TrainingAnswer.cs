namespace Gplusck.Host.Endpoints.Answers;

/// <summary>Training reports.</summary>
/// <param name="AsOfBlock">Newest indexed block; every figure is as of it.</param>
/// <param name="Points">In ascending order.</param>
internal sealed record TrainingAnswer(
    long AsOfBlock,
    IReadOnlyList<TrainingPoint> Points);
