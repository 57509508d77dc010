using Gplusck.Chain.Primitives;
using Microsoft.Extensions.Logging;

namespace Gplusck.Indexer;

internal static partial class Log
{
    [LoggerMessage(3001, LogLevel.Information, "Indexing {Tables} tables into schema {Schema} from block {FromBlock}")]
    public static partial void Started(ILogger logger, int tables, string schema, long fromBlock);

    [LoggerMessage(3003, LogLevel.Information, "Committed blocks {FromBlock} to {ToBlock} with {Events} events")]
    public static partial void Committed(ILogger logger, long fromBlock, long toBlock, int events);

    [LoggerMessage(3004, LogLevel.Debug, "Committed block {Block} with {Events} events")]
    public static partial void CommittedOne(ILogger logger, long block, int events);

    [LoggerMessage(3005, LogLevel.Information, "Reorg: back to block {Ancestor}, depth {DepthBlocks}")]
    public static partial void ReorgApplied(ILogger logger, long ancestor, long depthBlocks);

    [LoggerMessage(3006, LogLevel.Warning, "Block {Block}, log {LogIndex} does not fit the ABI: {Reason}")]
    public static partial void Undecoded(ILogger logger, long block, int logIndex, string reason);

    [LoggerMessage(3007, LogLevel.Warning, "Not committed, because the node's answer is not proven: {Reason}")]
    public static partial void Unproven(ILogger logger, string reason);

    [LoggerMessage(3008, LogLevel.Warning, "Trying again in {DelayMilliseconds} ms: {Reason}")]
    public static partial void Retrying(ILogger logger, long delayMilliseconds, string reason);

    [LoggerMessage(3009, LogLevel.Information, "Reached block {Block} ({Hash})")]
    public static partial void Reached(ILogger logger, long block, Hash32 hash);
}
