using Gplusck.GpuVerify.Cells;

namespace Gplusck.Compute.Jobs;

/// <summary>Executes cells in this process, one after the other.</summary>
public sealed class LocalCellExecutor(IGemmBackend backend) : ICellExecutor
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<int[]>> ExecuteAsync(
        IReadOnlyList<CellTask> cells, CancellationToken cancellationToken)
    {
        int[][] results = new int[cells.Count][];
        for (int i = 0; i < results.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            results[i] = new int[cells[i].Shape.LengthC];
            backend.Multiply(cells[i].Shape, cells[i].A, cells[i].Bt, results[i]);
        }

        return Task.FromResult<IReadOnlyList<int[]>>(results);
    }
}
