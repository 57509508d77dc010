using Gplusck.Chain.Primitives;
using Gplusck.Chain.Rpc;
using Gplusck.Chain.Signing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Gplusck.Outbox;

/// <summary>Sends what <see cref="TransactionOutbox"/> holds for the accounts whose keys it has.</summary>
/// <remarks>
/// Any number may run on one database: each account has one sender at a time, and another takes over when that one
/// ends. Killed between any two steps, the next sender broadcasts the same signed bytes again, so each key is executed
/// once.
/// </remarks>
public sealed class OutboxSender(
    NpgsqlDataSource dataSource,
    EthereumClient chain,
    IReadOnlyDictionary<Address, PrivateKey> keys,
    OutboxOptions options,
    TimeProvider time,
    ILogger<OutboxSender> logger) : BackgroundService
{
    private static readonly TimeSpan RetryMin = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetryMax = TimeSpan.FromSeconds(30);

    private TimeSpan Poll => TimeSpan.FromMilliseconds(options.PollMilliseconds);

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(keys.Values.Select(key => SendForAsync(key, stoppingToken)));

    private async Task SendForAsync(PrivateKey key, CancellationToken cancellationToken)
    {
        TimeSpan retry = RetryMin;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await HoldLaneAsync(key, () => retry = RetryMin, cancellationToken);
                await Task.Delay(Poll, time, cancellationToken);
            }
            catch (Exception) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                Log.LaneBroken(logger, error, key.Address, retry.TotalSeconds);
                await Task.Delay(retry, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                retry = retry * 2 < RetryMax ? retry * 2 : RetryMax;
            }
        }
    }

    /// <summary>Sends until something fails; returns at once while another sender holds the account.</summary>
    private async Task HoldLaneAsync(PrivateKey key, Action advanced, CancellationToken cancellationToken)
    {
        await using AccountLease? lease = await AccountLease.TryTakeAsync(dataSource, key.Address, cancellationToken);
        if (lease is null)
        {
            return;
        }

        Log.LeaseTaken(logger, key.Address);
        long chainId = await chain.ChainIdAsync(cancellationToken);
        AccountRows rows = new(lease.Connection, key.Address);
        AccountLane lane = new(rows, chain, key, chainId, options, time, logger);
        while (true)
        {
            await lane.AdvanceAsync(cancellationToken);
            advanced();
            await Task.Delay(Poll, time, cancellationToken);
        }
    }
}
