using Gplusck.Chain.Primitives;

namespace Gplusck.GpuVerify.Disputes;

/// <summary>A cell's commitment in JSON.</summary>
/// <param name="JobId">The job, decimal.</param>
/// <param name="CellIndex">Which cell of the job.</param>
/// <param name="Op">The operation.</param>
/// <param name="M">Rows of A and of C.</param>
/// <param name="N">Rows of Bt.</param>
/// <param name="K">Columns of A and of Bt.</param>
/// <param name="RootA">Root over A.</param>
/// <param name="RootB">Root over Bt.</param>
/// <param name="RootC">Root over C.</param>
public sealed record EvidenceCell(
    string JobId, uint CellIndex, byte Op, uint M, uint N, uint K, Hash32 RootA, Hash32 RootB, Hash32 RootC);
