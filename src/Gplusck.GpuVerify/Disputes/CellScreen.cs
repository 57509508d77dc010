using Gplusck.GpuVerify.Cells;
using Gplusck.GpuVerify.Reference;
using Gplusck.GpuVerify.Screening;

namespace Gplusck.GpuVerify.Disputes;

/// <summary>Judges the result of a cell: every element by the screen, and drawn cells by the whole product
/// again.</summary>
internal sealed class CellScreen(FreivaldsScreen screen, IGemmBackend backend, TimeProvider time)
{
    private const string ScreenName = "freivalds";

    /// <summary>Screens one cell.</summary>
    /// <param name="position">Its position in the batch.</param>
    /// <param name="cell">What is claimed.</param>
    /// <param name="matrices">Its data.</param>
    /// <param name="isAssigned">Whether its order is signed by the requester and names the operator.</param>
    /// <param name="isControl">Whether the whole product is computed again, as a control on the screen.</param>
    /// <exception cref="InconclusiveException">The control finds an element wrong that the reference finds
    /// right.</exception>
    public ScreenedCell Screen(int position, AssignedCell cell, CellMatrices matrices, bool isAssigned, bool isControl)
    {
        GemmShape shape = cell.Commitment.Shape;
        long started = time.GetTimestamp();
        WrongElement? wrong = screen.Locate(shape, matrices.A, matrices.Bt, matrices.C);
        if (wrong is null && isControl)
        {
            wrong = Recompute(shape, matrices);
        }

        CellOutcome outcome = wrong is not null ? CellOutcome.Wrong
            : isAssigned ? CellOutcome.Correct
            : CellOutcome.Unassigned;
        long elapsed = (long)time.GetElapsedTime(started).TotalMicroseconds;
        string name = isControl ? $"{ScreenName}+{backend.Name}" : ScreenName;
        return new ScreenedCell(position, cell.Commitment, outcome, name, elapsed, wrong);
    }

    private WrongElement? Recompute(GemmShape shape, CellMatrices matrices)
    {
        int[] again = new int[shape.LengthC];
        backend.Multiply(shape, matrices.A, matrices.Bt, again);
        int first = again.AsSpan().CommonPrefixLength(matrices.C);
        if (first == again.Length)
        {
            return null;
        }

        (int row, int column) = Math.DivRem(first, shape.N);
        int actual = ScalarGemm.Dot(
            matrices.A.AsSpan(row * shape.K, shape.K), matrices.Bt.AsSpan(column * shape.K, shape.K));
        return actual != matrices.C[first]
            ? new WrongElement(row, column, matrices.C[first], actual)
            : throw new InconclusiveException(
                $"{backend.Name} computes element ({row}, {column}) as {again[first]}, the reference as {actual}.");
    }
}
