namespace Gplusck.Host.Endpoints.Answers;

/// <summary>Cells.</summary>
/// <param name="AsOfBlock">Newest indexed block; every figure is as of it.</param>
/// <param name="Cells">Newest first.</param>
/// <param name="Next">Pass it as before to go on; null at the end.</param>
internal sealed record CellsAnswer(
    long AsOfBlock,
    IReadOnlyList<CellEntry> Cells,
    string? Next);
