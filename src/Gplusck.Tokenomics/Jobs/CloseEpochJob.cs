using System.Data;
using Gplusck.Chain;
using Gplusck.Chain.Bindings;
using Gplusck.Outbox;
using Gplusck.Tokenomics.Rules;
using Hangfire;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Gplusck.Tokenomics.Jobs;

/// <summary>Leaves the minting of ended epochs to the outbox and, once minted, computes their green rewards, in
/// order.</summary>
/// <remarks>
/// What an epoch mints depends on the fees burned until then, so rewards are computed from the event of the minting. An
/// epoch and its leaves are written in one database transaction. An epoch that gives nothing is closed too: nothing is
/// proposed, and what was minted stays for later epochs.
/// </remarks>
public sealed class CloseEpochJob(
    NpgsqlDataSource dataSource,
    Deployment deployment,
    EpochClock clock,
    TransactionOutbox outbox,
    TokenomicsOptions options,
    ILogger<CloseEpochJob> logger)
{
    /// <summary>Closes every epoch that can be closed by now.</summary>
    [AutomaticRetry(Attempts = 0)]
    [DisableConcurrentExecution(timeoutInSeconds: 30)]
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        long next;
        await using (NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken))
        {
            next = await EpochStore.NewestAsync(connection, null, cancellationToken) + 1;
        }

        while (await TryCloseAsync(next, cancellationToken))
        {
            next++;
        }
    }

    /// <summary>Closes one epoch. Does nothing when it is closed already.</summary>
    /// <exception cref="RetryableException">It cannot be closed yet.</exception>
    public async Task RunAsync(long epoch, CancellationToken cancellationToken)
    {
        if (!await TryCloseAsync(epoch, cancellationToken))
        {
            throw new RetryableException(
                $"Epoch {epoch} has not ended, is not minted, or waits for its batches to be verified.");
        }
    }

    private async Task<bool> TryCloseAsync(long epoch, CancellationToken cancellationToken)
    {
        EmissionSchedule schedule = await clock.ScheduleAsync(cancellationToken);
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction =
            await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        long newest = await EpochStore.NewestAsync(connection, transaction, cancellationToken);
        if (epoch <= newest)
        {
            return true;
        }

        IndexTip tip = await IndexTip.ReadAsync(connection, transaction, cancellationToken);
        long secondsSinceEnd = tip.Timestamp - schedule.StartOf(epoch + 1);
        if (epoch != newest + 1 || secondsSinceEnd < options.CloseMarginSeconds)
        {
            return false;
        }

        if (!await EpochStore.IsMintedAsync(connection, transaction, epoch, cancellationToken))
        {
            await outbox.EnqueueAsync(
                connection, transaction, $"mint-epoch:{epoch}", options.Account, deployment.Emission.MintEpoch(epoch),
                cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return false;
        }

        EpochReckoning reckoning = await EpochReckoning.ReadAsync(
            connection, transaction, deployment, schedule, epoch, cancellationToken);
        if (reckoning.Unjudged > 0 && secondsSinceEnd < options.VerificationWaitSeconds)
        {
            Log.EpochWaits(logger, epoch, reckoning.Unjudged);
            return false;
        }

        await WriteAsync(connection, transaction, reckoning, tip, cancellationToken);
        return true;
    }

    private async Task WriteAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, EpochReckoning reckoning, IndexTip tip,
        CancellationToken cancellationToken)
    {
        (EpochInputs inputs, EpochRewards rewards, _) = reckoning;
        await EpochStore.InsertAsync(connection, transaction, inputs, rewards, tip.BlockNumber, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        if (rewards.Root is { } root)
        {
            Log.EpochClosed(logger, inputs.Epoch, rewards.DistributedWei, rewards.Leaves.Count, root);
        }
        else
        {
            Log.EpochEmpty(logger, inputs.Epoch);
        }
    }
}
