namespace Gplusck.Host;

/// <summary>What the host says in its log.</summary>
internal static partial class Log
{
    [LoggerMessage(1001, LogLevel.Error, "{Path} failed")]
    public static partial void RequestFailed(ILogger logger, Exception error, string path);

    [LoggerMessage(1002, LogLevel.Debug, "The network's figures cannot be read now")]
    public static partial void FiguresUnread(ILogger logger, Exception error);
}
