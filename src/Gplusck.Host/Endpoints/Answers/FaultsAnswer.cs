namespace Gplusck.Host.Endpoints.Answers;

/// <summary>Proved faults.</summary>
/// <param name="AsOfBlock">Newest indexed block; every figure is as of it.</param>
/// <param name="Faults">Newest first.</param>
internal sealed record FaultsAnswer(
    long AsOfBlock,
    IReadOnlyList<FaultEntry> Faults);
