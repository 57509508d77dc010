using System.Numerics;
using Gplusck.Chain.Primitives;
using Microsoft.Extensions.Logging;

namespace Gplusck.Compute;

internal static partial class Log
{
    [LoggerMessage(4001, LogLevel.Warning, "{Loop} of {Account} failed; again in {PauseSeconds} s")]
    public static partial void RoundFailed(
        ILogger logger, Exception exception, string loop, Address account, double pauseSeconds);

    [LoggerMessage(4002, LogLevel.Information, "Node {NodeId} registered by {Account}")]
    public static partial void NodeRegistered(ILogger logger, ulong nodeId, Address account);

    [LoggerMessage(4003, LogLevel.Information, "Node {NodeId} of {Account} is active")]
    public static partial void NodeActivated(ILogger logger, ulong nodeId, Address account);

    [LoggerMessage(4004, LogLevel.Information, "Node {NodeId} staked {StakeWei} wei")]
    public static partial void Staked(ILogger logger, ulong nodeId, BigInteger stakeWei);

    [LoggerMessage(4005, LogLevel.Debug,
        "{Account} committed {Cells} cells of job {JobId} with {EnergyWh} Wh as {CellsRoot}")]
    public static partial void BatchCommitted(
        ILogger logger, Address account, int cells, BigInteger jobId, ulong energyWh, Hash32 cellsRoot);

    [LoggerMessage(4006, LogLevel.Warning, "{Account} lost {Cells} cells of job {JobId}: {Reason}")]
    public static partial void BatchLost(ILogger logger, Address account, int cells, BigInteger jobId, string reason);

    [LoggerMessage(4007, LogLevel.Information, "{Account} claimed {AmountWei} wei of green rewards")]
    public static partial void RewardsClaimed(ILogger logger, Address account, BigInteger amountWei);

    [LoggerMessage(4008, LogLevel.Information, "{Account} retired {WattHours} Wh for {Beneficiary}")]
    public static partial void CertificatesRetired(
        ILogger logger, Address account, BigInteger wattHours, string beneficiary);

    [LoggerMessage(4009, LogLevel.Information, "Job {JobId} of {Cells} cells posted by {Account}")]
    public static partial void JobPosted(ILogger logger, BigInteger jobId, uint cells, Address account);

    [LoggerMessage(4010, LogLevel.Information, "Job {JobId} closed")]
    public static partial void JobClosed(ILogger logger, BigInteger jobId);

    [LoggerMessage(4011, LogLevel.Warning, "Node {NodeId} gets no cells for {PauseSeconds} s: {Reason}")]
    public static partial void NodePaused(ILogger logger, ulong nodeId, double pauseSeconds, string reason);

    [LoggerMessage(4012, LogLevel.Information, "Training step {Step}: loss {LossMicro} millionths")]
    public static partial void TrainingProgressed(ILogger logger, long step, long lossMicro);

    [LoggerMessage(4013, LogLevel.Information,
        "Training starts at step {Step}, {Accuracy:P1} of held-out digits are read")]
    public static partial void TrainingStarted(ILogger logger, long step, double accuracy);
}
