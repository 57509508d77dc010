using Microsoft.Extensions.Logging;

namespace Gplusck.GpuVerify.Disputes;

internal static partial class Log
{
    [LoggerMessage(3001, LogLevel.Debug, "Batch {BatchId}: {Cells} cells are right")]
    public static partial void Verified(ILogger logger, string batchId, int cells);

    [LoggerMessage(3002, LogLevel.Warning,
        "Batch {BatchId}, node {NodeId}: cell {Position} claims {Claimed} at ({Row}, {Column}), is {Actual}; {Key}")]
    public static partial void FaultFound(
        ILogger logger,
        string batchId,
        long nodeId,
        int position,
        int row,
        int column,
        int claimed,
        int actual,
        string key);

    [LoggerMessage(3003, LogLevel.Warning, "Batch {BatchId} cannot be screened: {Reason}")]
    public static partial void Unavailable(ILogger logger, string batchId, string reason);

    [LoggerMessage(3004, LogLevel.Error,
        "Batch {BatchId}: nobody is accused, because our implementations disagree: {Reason}")]
    public static partial void Inconclusive(ILogger logger, string batchId, string reason);

    [LoggerMessage(3005, LogLevel.Debug, "Batch {BatchId} is not in the index")]
    public static partial void NotIndexed(ILogger logger, string batchId);

    [LoggerMessage(3006, LogLevel.Debug, "{Count} batches handed to verifiers")]
    public static partial void Found(ILogger logger, int count);
}
