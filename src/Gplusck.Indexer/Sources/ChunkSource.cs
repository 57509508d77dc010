using System.Collections.Concurrent;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Receipts;
using Gplusck.Chain.Rpc;
using Gplusck.Chain.Trie;
using Gplusck.Indexer.Decoding;

namespace Gplusck.Indexer.Sources;

/// <summary>Fetches blocks and the logs in them, proven as far as the mode asks.</summary>
/// <remarks>
/// Full and bloom take the logs from receipts whose root is the header's. The root binds address, topics and data of
/// every log and their order; positions are counted here. It does not bind the transaction's hash, which is the node's
/// word. Where most blocks are of interest headers and receipts are asked for together, otherwise headers first.
/// </remarks>
internal sealed class ChunkSource(EthereumClient client, LogMatcher filter, VerifyMode verify)
{
    private const double DenseShare = 0.5;
    private const double Memory = 0.8;
    private const int AnswerBytesTarget = 4 << 20;
    private const int CallsMax = 100;
    private const int FewBlocks = 2;

    private static readonly Hash32 EmptyReceiptsRoot = OrderedTrie.RootOf([]);

    private readonly ConcurrentBag<ReceiptsRoot> _roots = [];
    private readonly ReceiptFetch _receipts = new(client);
    private double _share;
    private double _bytesPerBlock = 2_048;

    /// <summary>Blocks that make an answer of a good size, from what earlier ones came to.</summary>
    public int BlocksPerChunk => (int)Math.Clamp(
        AnswerBytesTarget / Volatile.Read(ref _bytesPerBlock), 1, IsDense ? CallsMax / 2 : CallsMax);

    private bool IsDense => verify != VerifyMode.Off && _receipts.ByBlock && Volatile.Read(ref _share) > DenseShare;

    /// <summary>The blocks <paramref name="from"/> to <paramref name="to"/>, inclusive; fewer when the node says that
    /// these are too many.</summary>
    /// <exception cref="UnprovenAnswerException">A proof failed; the message names the block.</exception>
    public async Task<BlockChunk> FetchAsync(long from, long to, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await FetchOnceAsync(from, to, cancellationToken);
            }
            catch (Exception error) when (error is JsonRpcException or TooMuchAskedException && to > from)
            {
                // Each node has its own words for a range or a batch it finds too large; one block it must take.
                to = from + ((to - from) / 2);
            }
        }
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

    private async Task<BlockChunk> FetchOnceAsync(long from, long to, CancellationToken cancellationToken)
    {
        int count = checked((int)(to - from + 1));
        bool together = IsDense || (verify == VerifyMode.Full && _receipts.ByBlock && count <= FewBlocks);
        List<(string, object?[])> calls = [];
        for (long number = from; number <= to; number++)
        {
            string tag = $"{(BlockTag)number}";
            calls.Add(("eth_getBlockByNumber", [tag, false]));
            if (together)
            {
                calls.Add((ReceiptFetch.ByBlockMethod, [tag]));
            }
        }

        RawAnswer answer;
        try
        {
            answer = await client.Rpc.BatchRawAsync(calls, cancellationToken);
        }
        catch (JsonRpcException error) when (together && _receipts.Learns(error))
        {
            return await FetchOnceAsync(from, to, cancellationToken);
        }

        using (answer)
        {
            int step = together ? 2 : 1;
            BlockChunk chunk = new(Headers(answer, from, count, step));
            try
            {
                await FillAsync(chunk, answer, together, cancellationToken);
                Learn(chunk, answer.Length);
                return chunk;
            }
            catch
            {
                chunk.Dispose();
                throw;
            }
        }
    }

    private async Task FillAsync(
        BlockChunk chunk, RawAnswer answer, bool together, CancellationToken cancellationToken)
    {
        if (verify == VerifyMode.Off)
        {
            if (!filter.IsEmpty)
            {
                await BelievedLogs.FillAsync(client, filter, chunk, cancellationToken);
            }

            return;
        }

        if (together)
        {
            // Whatever the node said is held to the header, receipts of empty blocks too: a lie shows what it is worth.
            for (int block = 0; block < chunk.Headers.Count; block++)
            {
                int result = (2 * block) + 1;
                Prove(chunk, block, receipts => ReceiptScanner.TryPackBlock(answer.Result(result), receipts));
            }
        }
        else
        {
            int[] wanted =
                [.. Enumerable.Range(0, chunk.Headers.Count).Where(block => IsWanted(chunk.Headers[block]))];
            await _receipts.ForAsync(chunk, wanted, answer, Prove, cancellationToken);
        }
    }

    private bool IsWanted(BlockHeader header) => header.ReceiptsRoot != EmptyReceiptsRoot
        && (verify == VerifyMode.Full || filter.MayMatch(header.LogsBloom));

    private BlockHeader[] Headers(RawAnswer answer, long from, int count, int step)
    {
        BlockHeader[] headers = new BlockHeader[count];
        for (int index = 0; index < count; index++)
        {
            headers[index] = BlockAnswer.Header(answer.Result(index * step), from + index)
                ?? throw new InvalidAnswerException($"{client.Rpc.NodeName} has no block {from + index}.");
            Check(headers[index]);
            if (index > 0 && headers[index].ParentHash != headers[index - 1].Hash)
            {
                throw new UnprovenAnswerException(
                    $"Block {headers[index].Number} is not the child of the block before it.");
            }
        }

        return headers;
    }

    private void Check(BlockHeader header)
    {
        if (verify != VerifyMode.Off && header.ComputeHash() is var computed && computed != header.Hash)
        {
            throw new UnprovenAnswerException(
                $"The header of block {header.Number} hashes to {computed}, not to {header.Hash} as the node says.");
        }
    }

    private void Prove(BlockChunk chunk, int block, Func<PackedReceiptWriter, bool> pack)
    {
        BlockHeader header = chunk.Headers[block];
        int start = chunk.Packed.Length;
        if (!pack(chunk.Packed))
        {
            throw new InvalidAnswerException($"{client.Rpc.NodeName} has no receipts of block {header.Number}.");
        }

        chunk.Assign(block, start);
        ReceiptsRoot computing = _roots.TryTake(out ReceiptsRoot? used) ? used : new ReceiptsRoot();
        Hash32 root = computing.Of(chunk.ReceiptsOf(block));
        bool isProven = root == header.ReceiptsRoot
            || computing.Of(chunk.ReceiptsOf(block), failureAsByte: true) == header.ReceiptsRoot;
        _roots.Add(computing);
        if (!isProven)
        {
            throw new UnprovenAnswerException(
                $"The receipts of block {header.Number} have the root {root}, its header says {header.ReceiptsRoot}.");
        }
    }

    private void Learn(BlockChunk chunk, int answerBytes)
    {
        double wanted = chunk.Headers.Count(IsWanted);
        double bytes = answerBytes + chunk.Packed.Length;
        Volatile.Write(ref _share, Mix(Volatile.Read(ref _share), wanted / chunk.Headers.Count));
        Volatile.Write(ref _bytesPerBlock, Mix(Volatile.Read(ref _bytesPerBlock), bytes / chunk.Headers.Count));
    }

    private static double Mix(double old, double seen) => (Memory * old) + ((1 - Memory) * seen);
}
