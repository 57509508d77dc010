using Gplusck.GpuVerify.Cells;

namespace Gplusck.Compute.Assignments;

/// <summary>An assignment with the requester's EIP-712 signature over it.</summary>
/// <param name="Assignment">The order.</param>
/// <param name="Signature">r, s and v: 65 bytes.</param>
public sealed record SignedAssignment(CellAssignment Assignment, byte[] Signature)
{
    /// <summary>Bytes of a signature.</summary>
    public const int SignatureLength = 65;
}
