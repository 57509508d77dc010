using System.Numerics;
using Gplusck.Chain;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Signing;
using Gplusck.GpuVerify.Cells;
using Gplusck.GpuVerify.Screening;

namespace Gplusck.GpuVerify.Disputes;

/// <summary>Fetches a batch, screens every cell and, where one is wrong, builds the proof.</summary>
internal sealed class BatchExamination(
    BatchReader reader,
    CellScreen screen,
    ElementWitnesses witnesses,
    CommittedBatch batch,
    BigInteger chainId,
    Address market,
    int controlBps)
{
    /// <summary>The verdict on all cells; the fault is that of the first wrong one.</summary>
    /// <exception cref="UnavailableException">Something committed is not served.</exception>
    /// <exception cref="InconclusiveException">Our implementations disagree.</exception>
    public async Task<BatchVerdict> RunAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<AssignedCell> cells = await reader.ReadCellsAsync(cancellationToken);
        IReadOnlySet<int> controls = ControlDraw.Draw(batch.Beacon, batch.BatchId, batch.Cells, controlBps);
        List<ScreenedCell> screened = [];
        Fault? fault = null;
        for (int position = 0; position < cells.Count; position++)
        {
            AssignedCell cell = cells[position];
            if (cell.Commitment.Op != CellCommitment.GemmS8)
            {
                // Nobody orders an unknown operation, and the court cannot judge it.
                screened.Add(new ScreenedCell(position, cell.Commitment, CellOutcome.Unassigned, "none", 0, null));
                continue;
            }

            CellMatrices matrices = await reader.ReadMatricesAsync(cell.Commitment, cancellationToken);
            ScreenedCell result =
                screen.Screen(position, cell, matrices, IsAssigned(cell), controls.Contains(position));
            screened.Add(result);
            if (fault is null && result.Wrong is not null)
            {
                fault = Accuse(cells, result, matrices);
            }
        }

        return new BatchVerdict(screened, fault);
    }

    private Fault Accuse(IReadOnlyList<AssignedCell> cells, ScreenedCell result, CellMatrices matrices)
    {
        WrongElement element = result.Wrong!.Value;
        IReadOnlyList<Witness> heard = witnesses.Hear(result.Commitment.Shape, matrices, element);
        CellCommitment[] commitments = [.. cells.Select(cell => cell.Commitment)];
        return new Fault(
            result.Position,
            cells[result.Position],
            element,
            heard,
            FaultProofBuilder.Build(batch.BatchId, commitments, result.Position, matrices, element));
    }

    private bool IsAssigned(AssignedCell cell)
    {
        if (cell.Operator != batch.Operator)
        {
            return false;
        }

        try
        {
            Hash32 digest = cell.Assignment.Digest(chainId, market);
            return Signature.FromBytes(cell.Signature).TryRecover(digest, out Address signer)
                && signer == batch.Requester;
        }
        catch (InvalidInputException)
        {
            return false;
        }
    }
}
