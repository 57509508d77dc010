namespace Gplusck.Host.Endpoints.Answers;

/// <summary>Jobs.</summary>
/// <param name="AsOfBlock">Newest indexed block; every figure is as of it.</param>
/// <param name="Jobs">Newest first.</param>
internal sealed record JobsAnswer(
    long AsOfBlock,
    IReadOnlyList<JobEntry> Jobs);
