using Gplusck.Chain.Receipts;
using Gplusck.Chain.Rpc;

namespace Gplusck.Indexer.Sources;

/// <summary>Consecutive blocks, linked and proven as far as the mode asks, with their receipts as packed bytes.
/// </summary>
internal sealed class BlockChunk(IReadOnlyList<BlockHeader> headers) : IDisposable
{
    private readonly (int Start, int End)[] _receipts = new (int Start, int End)[headers.Count];

    /// <summary>The blocks' headers, in order.</summary>
    public IReadOnlyList<BlockHeader> Headers { get; } = headers;

    /// <summary>Holds the receipts of all blocks.</summary>
    public PackedReceiptWriter Packed { get; } = new();

    public BlockHeader First => Headers[0];

    public BlockHeader Last => Headers[^1];

    /// <summary>Says that what was packed from <paramref name="start"/> on is a block's.</summary>
    public void Assign(int block, int start) => _receipts[block] = (start, Packed.Length);

    /// <summary>A block's packed receipts; empty when it has none, or none that can hold a log of ours.</summary>
    public ReadOnlySpan<byte> ReceiptsOf(int block) =>
        Packed.Written.Span[_receipts[block].Start.._receipts[block].End];

    public void Dispose() => Packed.Dispose();
}
