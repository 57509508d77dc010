using Gplusck.Chain.Primitives;

namespace Gplusck.GpuVerify.Cells;

/// <summary>One cell of a batch as its operator serves it: the commitment and the requester's signed order for
/// it.</summary>
/// <param name="Commitment">What is committed on chain through the batch root.</param>
/// <param name="Operator">The operator named in the order.</param>
/// <param name="Deadline">The order's deadline, Unix time in seconds.</param>
/// <param name="Signature">The requester's signature of the order, 65 bytes: r, s, v.</param>
public sealed record AssignedCell(CellCommitment Commitment, Address Operator, ulong Deadline, byte[] Signature)
{
    /// <summary>The order that <see cref="Signature"/> must sign.</summary>
    public CellAssignment Assignment => new(
        Commitment.JobId,
        Commitment.CellIndex,
        Commitment.Shape,
        Commitment.RootA,
        Commitment.RootB,
        Operator,
        Deadline);
}
