using Gplusck.Chain.Primitives;

namespace Gplusck.GpuVerify.Disputes;

/// <summary>Where an operator's published data come from. Nothing it returns is trusted: readers check it against
/// roots.</summary>
public interface ICellSource
{
    /// <summary>The document that lists the cells of a batch, see <see cref="Cells.BatchDocument"/>.</summary>
    /// <param name="endpoint">The operator's base address, as registered on chain.</param>
    /// <param name="cellsRoot">The batch's root.</param>
    /// <param name="bytesMax">Longer answers are refused.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="UnavailableException">There is no such answer.</exception>
    Task<byte[]> ReadBatchAsync(string endpoint, Hash32 cellsRoot, int bytesMax, CancellationToken cancellationToken);

    /// <summary>The bytes of a matrix: A and Bt row by row, one byte an element; C row by row, 4 bytes
    /// big-endian.</summary>
    /// <param name="endpoint">The operator's base address, as registered on chain.</param>
    /// <param name="root">The matrix's root.</param>
    /// <param name="length">Exact length in bytes.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="UnavailableException">There is no such answer, or its length differs.</exception>
    Task<byte[]> ReadObjectAsync(string endpoint, Hash32 root, int length, CancellationToken cancellationToken);
}
