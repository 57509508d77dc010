using System.Text;

namespace Gplusck.Indexer.Decoding;

/// <summary>Rows of one table of a segment, which know where the rows of the last block begin.</summary>
internal sealed class TableRows(string table) : IDisposable
{
    private readonly byte[] _hashPrefix = Encoding.UTF8.GetBytes($"{table}\0");
    private int _blockStart;

    public CopyRows Rows { get; } = new();

    /// <summary>Adds what was written since the last block ended to its hash, and begins the next block.</summary>
    public void EndBlock(RowsHash hash)
    {
        if (Rows.Length > _blockStart)
        {
            hash.Add(_hashPrefix, Rows.Tuples.Span[_blockStart..]);
            _blockStart = Rows.Length;
        }
    }

    public void Dispose() => Rows.Dispose();
}
