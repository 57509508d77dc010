using Gplusck.Chain;
using Gplusck.Chain.Primitives;
using Gplusck.Compute.Assignments;
using Gplusck.Compute.Jobs;
using Gplusck.Compute.Operands;
using Gplusck.GpuVerify.Cells;

namespace Gplusck.Compute.Operator;

/// <summary>Executes cells one at a time and stores what the operator will have to show for them.</summary>
internal sealed class CellBench(OperandStore store, IGemmBackend backend, IEnergyMeter meter, Mischief? mischief)
    : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private long _executed;

    /// <summary>Cells executed so far.</summary>
    public long Executed => Interlocked.Read(ref _executed);

    /// <summary>Executes a taken order.</summary>
    /// <exception cref="InvalidInputException">The operands are not the ones the order is about.</exception>
    public async Task<(ExecutedCell Cell, int[] C)> ExecuteAsync(
        SignedAssignment order, CellTask task, CancellationToken cancellationToken)
    {
        (CellAssignment cell, GemmShape shape) = (order.Assignment, order.Assignment.Shape);
        StoredMatrix a = StoredMatrix.ForOperand('A', shape.M, shape.K, task.A);
        StoredMatrix bt = StoredMatrix.ForOperand('B', shape.N, shape.K, task.Bt);
        if (a.ComputeRoot() != cell.RootA || bt.ComputeRoot() != cell.RootB)
        {
            throw new InvalidInputException("The operands that came do not have the roots in the order.");
        }

        int[] c = new int[shape.LengthC];
        ulong milliwattHours = await MultiplyAsync(task, c, cancellationToken);
        StoredMatrix result = StoredMatrix.ForResult(shape.M, shape.N, c);
        Hash32 rootC = result.ComputeRoot();
        await store.PutAsync(cell.RootA, a, cancellationToken);
        await store.PutAsync(cell.RootB, bt, cancellationToken);
        await store.PutAsync(rootC, result, cancellationToken);
        Interlocked.Increment(ref _executed);
        CellCommitment commitment = new(
            cell.JobId, cell.CellIndex, CellCommitment.GemmS8, shape, cell.RootA, cell.RootB, rootC);
        return (new ExecutedCell(
            new AssignedCell(commitment, cell.Operator, cell.Deadline, order.Signature), milliwattHours), c);
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task<ulong> MultiplyAsync(CellTask task, int[] c, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            backend.Multiply(task.Shape, task.A, task.Bt, c);
            mischief?.Touch(c);
            return meter.MeasureMilliwattHours(task.Shape);
        }
        finally
        {
            _turn.Release();
        }
    }
}
