using Gplusck.Chain.Primitives;
using Gplusck.Chain.Receipts;
using Gplusck.Chain.Rpc;
using Gplusck.Indexer.Factories;
using Gplusck.Indexer.Schema;

namespace Gplusck.Indexer.Decoding;

/// <summary>Consecutive blocks as rows, ready for COPY.</summary>
/// <remarks>Not safe for several threads. After an exception it holds half a block and is of no use.</remarks>
/// <param name="matcher">Knows which logs are ours.</param>
/// <param name="children">Learns which contracts the blocks announce.</param>
/// <param name="stateBefore">State hash of the block before the first.</param>
internal sealed class DecodedSegment(LogMatcher matcher, ChildRegistry children, Hash32 stateBefore) : IDisposable
{
    private const short BlockFields = 5;

    private readonly Dictionary<EventTable, TableRows> _tables = [];
    private readonly Dictionary<EventTable, CopyRows> _rows = [];
    private readonly List<UndecodedNote> _notes = [];
    private readonly RowsHash _hash = new();
    private readonly TableRows _undecoded = new("undecoded");
    private readonly byte[] _state = stateBefore.ToArray();

    /// <summary>The first block; null while there is none.</summary>
    public BlockHeader? First { get; private set; }

    /// <summary>The last block; null while there is none.</summary>
    public BlockHeader? Last { get; private set; }

    /// <summary>Rows of the table <c>block</c>, one for each block.</summary>
    public CopyRows Blocks { get; } = new();

    /// <summary>Rows of each table that has some.</summary>
    public IReadOnlyDictionary<EventTable, CopyRows> Rows => _rows;

    /// <summary>Rows of the table <c>undecoded</c>.</summary>
    public CopyRows Undecoded => _undecoded.Rows;

    /// <summary>The undecoded logs again, for messages.</summary>
    public IReadOnlyList<UndecodedNote> Notes => _notes;

    /// <summary>State hash of the last block: the sum of the <see cref="RowsHash"/> of all blocks up to it.</summary>
    public Hash32 State => Hash32.FromBytes(_state);

    /// <summary>Contracts that the blocks announce.</summary>
    public List<DiscoveredChild> Children { get; } = [];

    /// <summary>How many logs became rows of event tables.</summary>
    public int Events { get; private set; }

    /// <summary>Adds the rows of one block.</summary>
    /// <param name="header">Its header.</param>
    /// <param name="packed">Its receipts or logs in the order of the chain; see <see cref="PackedReceipts"/>.</param>
    /// <exception cref="InvalidDataException">The packed receipts are malformed.</exception>
    public void Append(BlockHeader header, ReadOnlySpan<byte> packed)
    {
        children.Discover(header.Number, packed, Children);
        Span<byte> blockHash = stackalloc byte[Hash32.Length];
        header.Hash.CopyTo(blockHash);
        PackedReceiptReader reader = new(packed);
        while (reader.NextLogOfBlock(out PackedLog log))
        {
            ReadOnlySpan<EventDecoder> decoders = matcher.Find(log, header.Number);
            if (!decoders.IsEmpty)
            {
                Append(log, header.Number, blockHash, decoders);
            }
        }

        foreach (TableRows rows in _tables.Values)
        {
            rows.EndBlock(_hash);
        }

        _undecoded.EndBlock(_hash);
        _hash.AddTotalTo(_state);
        AppendBlock(header, blockHash);
        First ??= header;
        Last = header;
    }

    public void Dispose()
    {
        foreach (TableRows rows in _tables.Values)
        {
            rows.Dispose();
        }

        _tables.Clear();
        _rows.Clear();
        _undecoded.Dispose();
        _hash.Dispose();
        Blocks.Dispose();
    }

    private void AppendBlock(BlockHeader header, ReadOnlySpan<byte> blockHash)
    {
        Blocks.BeginRow(BlockFields);
        Blocks.Bigint(header.Number);
        Blocks.Bytea(blockHash);
        header.ParentHash.CopyTo(Blocks.Field(Hash32.Length));
        Blocks.Bigint(header.Timestamp);
        Blocks.Bytea(_state);
    }

    private void Append(
        in PackedLog log, long blockNumber, ReadOnlySpan<byte> blockHash, ReadOnlySpan<EventDecoder> decoders)
    {
        string? reasons = null;
        foreach (EventDecoder decoder in decoders)
        {
            CopyRows rows = RowsOf(decoder.Table);
            if (decoder.TryAppend(log, blockNumber, blockHash, rows, out string? reason))
            {
                _ = rows.Count > 1 || _rows.TryAdd(decoder.Table, rows);
                Events++;
                return;
            }

            reasons = reasons is null ? reason : $"{reasons} {reason}";
        }

        AppendUndecoded(log, blockNumber, blockHash, reasons!);
    }

    // A contract can log anything under any topic. Such a log must neither stop the indexer nor get lost.
    private void AppendUndecoded(in PackedLog log, long blockNumber, ReadOnlySpan<byte> blockHash, string reason)
    {
        UndecodedRow.Append(log, blockNumber, blockHash, reason, Undecoded);
        _notes.Add(new UndecodedNote(blockNumber, log.LogIndex, reason));
    }

    private CopyRows RowsOf(EventTable table)
    {
        if (!_tables.TryGetValue(table, out TableRows? made))
        {
            _tables.Add(table, made = new TableRows(table.Name));
        }

        return made.Rows;
    }
}
