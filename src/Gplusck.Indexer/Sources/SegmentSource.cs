using Gplusck.Chain.Primitives;
using Gplusck.Chain.Rpc;
using Gplusck.Chain.Trie;

namespace Gplusck.Indexer.Sources;

/// <summary>Fetches blocks and our logs in them, proven as far as the mode asks.</summary>
/// <remarks>
/// Full and bloom take the logs from receipts whose root is the header's. The root binds address, topics and data of
/// every log and their order; positions are counted here. It does not bind the transaction's hash, which is the node's
/// word.
/// </remarks>
internal sealed class SegmentSource(
    EthereumClient client, LogSelection selection, VerifyMode verify, int receiptRequestsMax)
{
    private static readonly Hash32 EmptyReceiptsRoot = OrderedTrie.RootOf([]);

    /// <summary>The blocks <paramref name="from"/> to <paramref name="to"/>, inclusive.</summary>
    /// <exception cref="UnprovenAnswerException">A proof failed; the message names the block.</exception>
    public async Task<ChainSegment> FetchAsync(long from, long to, CancellationToken cancellationToken)
    {
        long[] numbers = [.. Enumerable.Range(0, checked((int)(to - from + 1))).Select(offset => from + offset)];
        IReadOnlyList<BlockHeader> headers = await client.GetBlocksAsync(numbers, cancellationToken);
        for (int index = 0; index < headers.Count; index++)
        {
            Check(headers[index]);
            if (index > 0 && headers[index].ParentHash != headers[index - 1].Hash)
            {
                throw new UnprovenAnswerException(
                    $"Block {headers[index].Number} is not the child of the block before it.");
            }
        }

        IReadOnlyList<LogEntry> logs = verify == VerifyMode.Off
            ? await BelievedLogsAsync(headers, cancellationToken)
            : await ProvenLogsAsync(headers, cancellationToken);
        return new ChainSegment(headers, logs);
    }

    /// <summary>One block's header, checked; null when the node has no such block.</summary>
    public async Task<BlockHeader?> FetchHeaderAsync(BlockTag block, CancellationToken cancellationToken)
    {
        BlockHeader? header = await client.GetBlockAsync(block, cancellationToken);
        if (header is not null)
        {
            Check(header);
        }

        return header;
    }

    private void Check(BlockHeader header)
    {
        if (verify != VerifyMode.Off && header.ComputeHash() is var computed && computed != header.Hash)
        {
            throw new UnprovenAnswerException(
                $"The header of block {header.Number} hashes to {computed}, not to {header.Hash} as the node says.");
        }
    }

    private async Task<IReadOnlyList<LogEntry>> ProvenLogsAsync(
        IReadOnlyList<BlockHeader> headers, CancellationToken cancellationToken)
    {
        BlockHeader[] wanted = [.. headers.Where(header => header.ReceiptsRoot != EmptyReceiptsRoot
            && (verify == VerifyMode.Full || selection.MayMatch(header.LogsBloom)))];
        LogEntry[][] logs = new LogEntry[wanted.Length][];
        ParallelOptions parallel = new()
        {
            MaxDegreeOfParallelism = receiptRequestsMax,
            CancellationToken = cancellationToken,
        };
        await Parallel.ForAsync(
            0,
            wanted.Length,
            parallel,
            async (index, token) => logs[index] = await ProvenLogsAsync(wanted[index], token));
        return [.. logs.SelectMany(block => block)];
    }

    private async Task<LogEntry[]> ProvenLogsAsync(BlockHeader header, CancellationToken cancellationToken)
    {
        IReadOnlyList<TransactionReceipt> receipts =
            await client.GetBlockReceiptsAsync(header.Number, cancellationToken);
        if (ReceiptTrie.RootOf(receipts) is var root && root != header.ReceiptsRoot)
        {
            throw new UnprovenAnswerException(
                $"The receipts of block {header.Number} have the root {root}, its header says {header.ReceiptsRoot}.");
        }

        List<LogEntry> logs = [];
        int logIndex = 0;
        for (int position = 0; position < receipts.Count; position++)
        {
            foreach (LogEntry log in receipts[position].Logs)
            {
                // Where a log stands is counted, not believed: the proof covers the order.
                logs.Add(log with
                {
                    BlockNumber = header.Number,
                    BlockHash = header.Hash,
                    TransactionHash = receipts[position].TransactionHash,
                    TransactionIndex = position,
                    LogIndex = logIndex++,
                });
            }
        }

        return [.. logs.Where(log => selection.TableOf(log) is not null)];
    }

    private async Task<IReadOnlyList<LogEntry>> BelievedLogsAsync(
        IReadOnlyList<BlockHeader> headers, CancellationToken cancellationToken)
    {
        if (selection.IsEmpty)
        {
            return [];
        }

        long first = headers[0].Number;
        IReadOnlyList<LogEntry> logs = await LogsAsync(first, headers[^1].Number, cancellationToken);
        foreach (LogEntry log in logs)
        {
            long offset = log.BlockNumber - first;
            if (log.Removed || offset < 0 || offset >= headers.Count || headers[(int)offset].Hash != log.BlockHash)
            {
                throw new UnprovenAnswerException(
                    $"A log of block {log.BlockNumber} is not of the block that was asked for.");
            }
        }

        return [.. logs.Where(log => selection.TableOf(log) is not null)];
    }

    // A node that finds a range too large says so in its own way; halves of one block's range cannot be halved again.
    private async Task<IReadOnlyList<LogEntry>> LogsAsync(long from, long to, CancellationToken cancellationToken)
    {
        try
        {
            return await client.GetLogsAsync(selection.Filter(from, to), cancellationToken);
        }
        catch (JsonRpcException) when (to > from)
        {
            long middle = from + ((to - from) / 2);
            return
            [
                .. await LogsAsync(from, middle, cancellationToken),
                .. await LogsAsync(middle + 1, to, cancellationToken),
            ];
        }
    }
}
