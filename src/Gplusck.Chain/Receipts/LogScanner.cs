using Gplusck.Chain.Primitives;
using Gplusck.Chain.Rpc;

namespace Gplusck.Chain.Receipts;

/// <summary>Walks the result of <c>eth_getLogs</c>, log by log, and packs those the caller wants.</summary>
/// <remarks>Nothing proves these logs; where they stand is the node's word.</remarks>
public ref struct LogScanner
{
    private readonly PackedReceiptWriter _receipts;
    private JsonCursor _cursor;
    private LogFields _log;

    /// <summary>Starts before the first log.</summary>
    /// <param name="result">The answer's result.</param>
    /// <param name="receipts">Takes the logs that are wanted.</param>
    public LogScanner(ReadOnlySpan<byte> result, PackedReceiptWriter receipts)
    {
        ArgumentNullException.ThrowIfNull(receipts);
        _receipts = receipts;
        _cursor = new JsonCursor(result);
        _log = new LogFields(receipts.Scratch);
        _cursor.EnterArray();
    }

    /// <summary>Height of the log's block.</summary>
    public long BlockNumber { get; private set; }

    /// <summary>Hash of the log's block.</summary>
    public Hash32 BlockHash { get; private set; }

    /// <summary>The node says that a reorg took it back.</summary>
    public readonly bool Removed => _log.Removed;

    /// <summary>Goes to the next log; false when there is none.</summary>
    public bool Next()
    {
        if (!_cursor.NextItem())
        {
            return false;
        }

        _log = new LogFields(_receipts.Scratch);
        _log.Read(ref _cursor);
        BlockNumber = HexField.UInt64(_log.BlockNumber, "blockNumber") is ulong number and <= long.MaxValue
            ? (long)number
            : throw AnswerFields.Wrong("blockNumber");
        Span<byte> hash = stackalloc byte[Hash32.Length];
        HexField.Fill(_log.BlockHash, hash, "blockHash");
        BlockHash = Hash32.FromBytes(hash);
        return true;
    }

    /// <summary>Packs the log behind what the writer holds.</summary>
    public readonly void Pack()
    {
        Span<byte> transactionHash = stackalloc byte[Hash32.Length];
        HexField.Fill(_log.TransactionHash, transactionHash, "transactionHash");
        Span<byte> data = _receipts.BeginBelievedLog(
            _log.Address, _log.Topics, HexField.ByteCount(_log.Data, "data"), transactionHash,
            HexField.Int32(_log.TransactionIndex, "transactionIndex"), HexField.Int32(_log.LogIndex, "logIndex"));
        HexField.Fill(_log.Data, data, "data");
    }
}
