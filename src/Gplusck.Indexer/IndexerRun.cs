using Gplusck.Chain;
using Gplusck.Chain.Rpc;
using Gplusck.Indexer.Decoding;
using Gplusck.Indexer.Sources;
using Gplusck.Indexer.Storage;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Gplusck.Indexer;

/// <summary>
/// Mirrors a manifest's contracts into Postgres: backfill, then the tip, undoing what a reorg took back.
/// </summary>
/// <remarks>
/// Whatever happened before (reorgs of any depth, kills, errors), the tables equal those of a fresh index of the node's
/// chain up to the checkpoint. A reader sees whole blocks only. One indexer works on a schema at a time.
/// </remarks>
public sealed class IndexerRun(
    NpgsqlDataSource dataSource,
    EthereumClient client,
    IndexManifest manifest,
    IndexerOptions options,
    TimeProvider time,
    ILogger logger)
{
    /// <summary>Where the run stands.</summary>
    public IndexerProgress Progress { get; } = new();

    /// <summary>Runs until <see cref="IndexerOptions.ToBlock"/> is committed, or until cancelled.</summary>
    /// <remarks>
    /// An error at the start is thrown: a wrong address, a schema that cannot be used. Once the run is under way,
    /// errors of the node and of Postgres that may pass are logged, shown in <see cref="IndexerProgress.LastError"/>
    /// and tried again.
    /// </remarks>
    /// <exception cref="IndexerException">The schema was built from another manifest or chain.</exception>
    /// <exception cref="SchemaLockedException">Another indexer works on the schema when this one starts.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; everything committed stays.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        ChunkSource source = new(client, new LogMatcher(manifest.Plan), options.Verify);
        ChainIdentity chain = await ChainIdentity.ReadAsync(client, source, cancellationToken);
        IndexStore? store = await OpenAsync(chain, cancellationToken);
        Log.Started(logger, manifest.Plan.Tables.Count, manifest.Schema, manifest.Plan.StartBlock);
        TimeSpan errorDelay = TimeSpan.Zero;
        try
        {
            while (true)
            {
                try
                {
                    store ??= await OpenAsync(chain, cancellationToken);
                    ChainFollower follower = new(store, source, manifest.Plan, chain, options, Progress, logger);
                    if (await follower.StepAsync(cancellationToken))
                    {
                        return;
                    }

                    errorDelay = TimeSpan.Zero;
                    Progress.LastError = null;
                    await Task.Delay(TimeSpan.FromMilliseconds(options.PollMilliseconds), time, cancellationToken);
                }
                catch (Exception error) when (MayPass(error))
                {
                    // A connection that breaks while the run is being cancelled must not hide that it was cancelled.
                    cancellationToken.ThrowIfCancellationRequested();
                    errorDelay = Longer(errorDelay);
                    Report(error, errorDelay);
                    store = error is NpgsqlException ? await CloseAsync(store) : store;
                    await Task.Delay(errorDelay, time, cancellationToken);
                }
            }
        }
        finally
        {
            await CloseAsync(store);
        }
    }

    private async Task<IndexStore> OpenAsync(ChainIdentity chain, CancellationToken cancellationToken)
    {
        IndexStore store = await IndexStore.OpenAsync(dataSource, manifest.Plan, chain, time, cancellationToken);
        Progress.SetIndexed(store.Checkpoint?.Number);
        return store;
    }

    private static async Task<IndexStore?> CloseAsync(IndexStore? store)
    {
        if (store is not null)
        {
            await store.DisposeAsync();
        }

        return null;
    }

    private static bool MayPass(Exception error) => error is RetryableException or JsonRpcException or NpgsqlException;

    private TimeSpan Longer(TimeSpan delay) => TimeSpan.FromMilliseconds(Math.Min(
        Math.Max(2 * delay.TotalMilliseconds, options.PollMilliseconds), options.ErrorDelayMillisecondsMax));

    private void Report(Exception error, TimeSpan delay)
    {
        if (error is UnprovenAnswerException)
        {
            Log.Unproven(logger, error.Message);
        }

        Log.Retrying(logger, (long)delay.TotalMilliseconds, error.Message);
        Progress.LastError = error.Message;
    }
}
