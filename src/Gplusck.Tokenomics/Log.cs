using System.Numerics;
using Gplusck.Chain.Primitives;
using Microsoft.Extensions.Logging;

namespace Gplusck.Tokenomics;

internal static partial class Log
{
    [LoggerMessage(4001, LogLevel.Information, "{Count} batches left to be settled")]
    public static partial void Settling(ILogger logger, int count);

    [LoggerMessage(
        4002, LogLevel.Information, "Epoch {Epoch} closed: {DistributedWei} wei to {Leaves} accounts, root {Root}")]
    public static partial void EpochClosed(
        ILogger logger, long epoch, BigInteger distributedWei, int leaves, Hash32 root);

    [LoggerMessage(
        4003, LogLevel.Information, "Epoch {Epoch} closed: it gives nothing, so nothing is proposed")]
    public static partial void EpochEmpty(ILogger logger, long epoch);

    [LoggerMessage(
        4004, LogLevel.Information, "Epoch {Epoch} waits for {Batches} settled batches that no verifier has judged")]
    public static partial void EpochWaits(ILogger logger, long epoch, int batches);

    [LoggerMessage(4005, LogLevel.Information, "Root of epoch {Epoch} left to be attested by {Recomputer}: {Root}")]
    public static partial void RootLeft(ILogger logger, long epoch, Hash32 root, Address recomputer);

    [LoggerMessage(4006, LogLevel.Warning, "Tables differ from the chain at block {Block}: {Difference}")]
    public static partial void Differs(ILogger logger, long block, string difference);

    [LoggerMessage(4007, LogLevel.Debug, "Tables agree with the chain at block {Block} in {Checks} figures")]
    public static partial void Agrees(ILogger logger, long block, int checks);

    [LoggerMessage(
        4008, LogLevel.Error, "Root of epoch {Epoch} is not attested: stored as {Root}, computed again it is {Again}")]
    public static partial void RootNotReproduced(ILogger logger, long epoch, Hash32 root, string again);
}
