using System.Buffers.Binary;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Receipts;
using Gplusck.Chain.Rpc;
using Gplusck.Indexer.Factories;
using Gplusck.Indexer.Schema;

namespace Gplusck.Indexer.Decoding;

/// <summary>The rows of consecutive blocks, table by table, ready to be sent.</summary>
internal sealed class DecodedSegment(LogMatcher matcher, ChildRegistry children, Hash32 stateBefore) : IDisposable
{
    private const short BlockFields = 5;
    private const short UndecodedFields = 9;
    private const int ByteaOid = 17;

    private readonly Dictionary<EventTable, CopyRows> _rows = [];
    private readonly Dictionary<EventTable, int> _blockStarts = [];
    private readonly List<UndecodedLog> _undecoded = [];
    private Hash32 _state = stateBefore;

    /// <summary>Rows of the tables that have any.</summary>
    public IReadOnlyDictionary<EventTable, CopyRows> Rows => _rows;

    /// <summary>Rows of the table <c>block</c>.</summary>
    public CopyRows Blocks { get; } = new();

    /// <summary>Rows of the table <c>undecoded</c>.</summary>
    public CopyRows UndecodedRows { get; } = new();

    /// <summary>Logs that have the topic of one of our events and are no encoding of it.</summary>
    public IReadOnlyList<UndecodedLog> Undecoded => _undecoded;

    /// <summary>Contracts that these blocks announce.</summary>
    public List<DiscoveredChild> Children { get; } = [];

    /// <summary>The first block; null while there is none.</summary>
    public BlockHeader? First { get; private set; }

    /// <summary>The last block; null while there is none.</summary>
    public BlockHeader? Last { get; private set; }

    /// <summary>How many blocks there are.</summary>
    public int BlockCount => Blocks.Count;

    /// <summary>How many logs there are.</summary>
    public int Events { get; private set; }

    /// <summary>Adds a block that follows the last one.</summary>
    /// <param name="header">Its header.</param>
    /// <param name="packed">Its packed receipts; empty when none of them can hold a log of ours.</param>
    public void Append(BlockHeader header, ReadOnlySpan<byte> packed)
    {
        children.Discover(header.Number, packed, Children);
        Span<byte> hash = stackalloc byte[Hash32.Length];
        header.Hash.CopyTo(hash);
        int undecodedStart = UndecodedRows.Length;
        _blockStarts.Clear();
        PackedReceiptReader reader = new(packed);
        while (reader.NextLogOfBlock(out PackedLog log))
        {
            ReadOnlySpan<EventDecoder> candidates = matcher.Candidates(log, header.Number);
            if (!candidates.IsEmpty)
            {
                Events++;
                AppendLog(log, header.Number, hash, candidates);
            }
        }

        foreach ((EventTable table, int start) in _blockStarts)
        {
            _state = StateHash.With(_state, table.Name, _rows[table].Tuples.Span[start..]);
        }

        _state = StateHash.With(_state, "undecoded", UndecodedRows.Tuples.Span[undecodedStart..]);
        AppendBlock(header, hash);
        First ??= header;
        Last = header;
    }

    /// <summary>What the tables hold once these blocks are in.</summary>
    public Hash32 State => _state;

    public void Dispose()
    {
        foreach (CopyRows rows in _rows.Values.Append(Blocks).Append(UndecodedRows))
        {
            rows.Dispose();
        }
    }

    private void AppendLog(
        in PackedLog log, long blockNumber, ReadOnlySpan<byte> blockHash, ReadOnlySpan<EventDecoder> candidates)
    {
        string? reason = null;
        foreach (EventDecoder decoder in candidates)
        {
            if (!_rows.TryGetValue(decoder.Table, out CopyRows? rows))
            {
                _rows.Add(decoder.Table, rows = new CopyRows());
            }

            int start = rows.Length;
            if (decoder.TryAppend(log, blockNumber, blockHash, rows, out reason))
            {
                _blockStarts.TryAdd(decoder.Table, start);
                return;
            }
        }

        AppendUndecoded(log, blockNumber, blockHash, reason!);
    }

    private void AppendBlock(BlockHeader header, ReadOnlySpan<byte> hash)
    {
        Blocks.BeginRow(BlockFields);
        Blocks.Bigint(header.Number);
        Blocks.Bytea(hash);
        header.ParentHash.CopyTo(Blocks.Field(Hash32.Length));
        Blocks.Bigint(header.Timestamp);
        _state.CopyTo(Blocks.Field(Hash32.Length));
    }

    private void AppendUndecoded(in PackedLog log, long blockNumber, ReadOnlySpan<byte> blockHash, string reason)
    {
        _undecoded.Add(new UndecodedLog(blockNumber, log.LogIndex, reason));
        UndecodedRows.BeginRow(UndecodedFields);
        UndecodedRows.Bigint(blockNumber);
        UndecodedRows.Bytea(blockHash);
        UndecodedRows.Bytea(log.TransactionHash);
        UndecodedRows.Integer(log.TransactionIndex);
        UndecodedRows.Integer(log.LogIndex);
        UndecodedRows.Bytea(log.Address);
        AppendTopics(log);
        UndecodedRows.Bytea(log.Data);
        TextField.Write(UndecodedRows, System.Text.Encoding.UTF8.GetBytes(reason));
    }

    // A one-dimensional array: dimensions, no nulls, element type, length, lower bound 1, then each element.
    private void AppendTopics(in PackedLog log)
    {
        int dimensions = log.TopicCount == 0 ? 0 : 1;
        Span<byte> field = UndecodedRows.Field(
            12 + (dimensions * 8) + (log.TopicCount * (sizeof(int) + Hash32.Length)));
        BinaryPrimitives.WriteInt32BigEndian(field, dimensions);
        BinaryPrimitives.WriteInt32BigEndian(field[4..], 0);
        BinaryPrimitives.WriteInt32BigEndian(field[8..], ByteaOid);
        if (dimensions == 0)
        {
            return;
        }

        BinaryPrimitives.WriteInt32BigEndian(field[12..], log.TopicCount);
        BinaryPrimitives.WriteInt32BigEndian(field[16..], 1);
        field = field[20..];
        for (int position = 0; position < log.TopicCount; position++)
        {
            BinaryPrimitives.WriteInt32BigEndian(field, Hash32.Length);
            log.Topic(position).CopyTo(field[sizeof(int)..]);
            field = field[(sizeof(int) + Hash32.Length)..];
        }
    }
}
