using Gplusck.GpuVerify.Cells;
using Gplusck.GpuVerify.Screening;

namespace Gplusck.GpuVerify.Disputes;

/// <summary>A cell after its screen.</summary>
internal sealed record ScreenedCell(
    int Position,
    CellCommitment Commitment,
    CellOutcome Outcome,
    string Backend,
    long ElapsedMicroseconds,
    WrongElement? Wrong);
