using Gplusck.Chain.Receipts;
using Gplusck.Chain.Rpc;
using Gplusck.Indexer.Decoding;

namespace Gplusck.Indexer.Sources;

/// <summary>Logs as <c>eth_getLogs</c> gives them, which nothing proves.</summary>
internal static class BelievedLogs
{
    /// <summary>Adds our logs to a chunk's blocks.</summary>
    /// <exception cref="UnprovenAnswerException">A log is of no block of the chunk, or out of order.</exception>
    public static async Task FillAsync(
        EthereumClient client, LogMatcher filter, BlockChunk chunk, CancellationToken cancellationToken)
    {
        object?[] arguments = [filter.Filter(chunk.First.Number, chunk.Last.Number).ToArgument()];
        using RawAnswer answer = await client.Rpc.BatchRawAsync([("eth_getLogs", arguments)], cancellationToken);
        LogScanner logs = new(answer.Result(0), chunk.Packed);
        int block = -1;
        int start = 0;
        while (logs.Next())
        {
            long position = logs.BlockNumber - chunk.First.Number;
            if (logs.Removed || position < 0 || position >= chunk.Headers.Count
                || chunk.Headers[(int)position].Hash != logs.BlockHash)
            {
                throw new UnprovenAnswerException(
                    $"A log of block {logs.BlockNumber} is not of the block that was asked for.");
            }

            if (position != block)
            {
                if (position < block)
                {
                    throw new UnprovenAnswerException($"The logs of block {logs.BlockNumber} are not together.");
                }

                block = (int)position;
                start = chunk.Packed.Length;
            }

            logs.Pack();
            chunk.Assign(block, start);
        }
    }
}
