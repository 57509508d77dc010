namespace Gplusck.GpuVerify.Disputes;

/// <summary>A batch after its screen; <paramref name="Fault"/> is null when every result is right.</summary>
internal sealed record BatchVerdict(IReadOnlyList<ScreenedCell> Cells, Fault? Fault);
