using Gplusck.GpuVerify.Cells;

namespace Gplusck.Compute.Operator;

/// <summary>A cell whose matrices are stored and that waits for its batch.</summary>
internal sealed record ExecutedCell(AssignedCell Cell, ulong MilliwattHours);
