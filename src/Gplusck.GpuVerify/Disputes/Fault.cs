using Gplusck.Chain.Bindings;
using Gplusck.GpuVerify.Cells;
using Gplusck.GpuVerify.Screening;

namespace Gplusck.GpuVerify.Disputes;

/// <summary>One wrong element, what agrees that it is wrong, and its proof.</summary>
internal sealed record Fault(
    int Position, AssignedCell Cell, WrongElement Element, IReadOnlyList<Witness> Witnesses, FaultProof Proof);
