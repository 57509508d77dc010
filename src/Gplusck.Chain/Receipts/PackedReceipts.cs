namespace Gplusck.Chain.Receipts;

/// <summary>A block's receipts as bytes: what their root is computed over, and the transactions' hashes.</summary>
/// <remarks>
/// Written by <see cref="PackedReceiptWriter"/>, walked by <see cref="PackedReceiptReader"/>. One receipt after the
/// other, integers little-endian:
/// <code>
/// type 1 · status 1 (0 failed, 1 succeeded, 2 a state root follows) · transaction index 4 · index of its first log 4
/// · cumulative gas 8 · transaction hash 32 · number of logs 4 · [state root 32]
/// then for each log: data length 4 · number of topics 1 · address 20 · topics 32 each · data
/// </code>
/// Logs that were believed rather than proven (eth_getLogs) are packed as receipts of type 255 with one log each, whose
/// indices are the node's word; no root can be computed over them.
/// </remarks>
public static class PackedReceipts
{
    /// <summary>Type of a receipt that stands for one believed log.</summary>
    public const byte BelievedLog = 255;

    internal const byte WithStateRoot = 2;
    internal const int ReceiptHeadBytes = 54;
    internal const int LogHeadBytes = 25;
    internal const int TopicsMax = 4;
}
