namespace Gplusck.Compute.Jobs;

/// <summary>Where microcells are executed: in this process, or by operators over the network.</summary>
public interface ICellExecutor
{
    /// <summary>Executes cells that do not depend on each other.</summary>
    /// <returns>The result C of each cell, in the order of the cells, M · N elements each.</returns>
    /// <remarks>An element may be wrong: whoever executes is only held to it by the challenge that follows.</remarks>
    Task<IReadOnlyList<int[]>> ExecuteAsync(IReadOnlyList<CellTask> cells, CancellationToken cancellationToken);
}
