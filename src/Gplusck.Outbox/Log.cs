using Gplusck.Chain.Primitives;
using Microsoft.Extensions.Logging;

namespace Gplusck.Outbox;

internal static partial class Log
{
    [LoggerMessage(2001, LogLevel.Information, "Sending for {Account}")]
    public static partial void LeaseTaken(ILogger logger, Address account);

    [LoggerMessage(2002, LogLevel.Debug, "{Key} sent with nonce {Nonce} as {Hash}")]
    public static partial void Sent(ILogger logger, string key, long nonce, Hash32 hash);

    [LoggerMessage(2003, LogLevel.Warning, "{Key} failed: {Reason}")]
    public static partial void Failed(ILogger logger, string key, string reason);

    [LoggerMessage(2004, LogLevel.Information,
        "{Key} waited since block {SignedAtBlock}: fee raised to {MaxFeePerGasWei} wei a gas")]
    public static partial void FeeRaised(ILogger logger, string key, long signedAtBlock, string maxFeePerGasWei);

    [LoggerMessage(2005, LogLevel.Warning,
        "{Count} transactions of {Account} left the chain with their blocks and are sent again")]
    public static partial void WentBack(ILogger logger, Address account, int count);

    [LoggerMessage(2006, LogLevel.Warning, "Nonce {Nonce} of {Account} is nobody's: filled with an empty transaction")]
    public static partial void GapFilled(ILogger logger, Address account, long nonce);

    [LoggerMessage(2007, LogLevel.Warning,
        "Nonce {Nonce} of {Key} went to a transaction that is not ours: queued again")]
    public static partial void NonceLost(ILogger logger, string key, long nonce);

    [LoggerMessage(2008, LogLevel.Debug, "The node does not take {Key}: {Reason}")]
    public static partial void NotTaken(ILogger logger, string key, string reason);

    [LoggerMessage(2009, LogLevel.Error, "Sending for {Account} stopped and starts again in {RetrySeconds} s")]
    public static partial void LaneBroken(ILogger logger, Exception error, Address account, double retrySeconds);

    [LoggerMessage(2010, LogLevel.Debug, "{Key} is in block {BlockNumber}")]
    public static partial void Included(ILogger logger, string key, long blockNumber);
}
