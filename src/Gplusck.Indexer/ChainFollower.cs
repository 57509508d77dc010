using Gplusck.Chain.Rpc;
using Gplusck.Indexer.Schema;
using Gplusck.Indexer.Sources;
using Gplusck.Indexer.Storage;
using Microsoft.Extensions.Logging;

namespace Gplusck.Indexer;

/// <summary>Moves a store along the node's chain, forward and, where the chain forked, back.</summary>
internal sealed class ChainFollower(
    IndexStore store,
    SegmentSource source,
    LogSelection selection,
    SchemaPlan plan,
    ChainIdentity chain,
    IndexerOptions options,
    IndexerProgress progress,
    ILogger logger)
{
    private const int FirstRangeBlocks = 50;

    private long Next => store.Checkpoint is BlockRef checkpoint ? checkpoint.Number + 1 : plan.StartBlock;

    /// <summary>Catches up with the head once.</summary>
    /// <returns>True when the last block asked for is committed and still canonical.</returns>
    public async Task<bool> StepAsync(CancellationToken cancellationToken)
    {
        BlockHeader head = await source.FetchHeaderAsync(BlockTag.Latest, cancellationToken)
            ?? throw new UnprovenAnswerException("The node has no latest block.");
        progress.SetHead(head.Number);
        long target = Math.Min(head.Number, options.ToBlock ?? long.MaxValue);
        if (target >= Next)
        {
            await AdvanceAsync(target, cancellationToken);
            if (store.Checkpoint?.Number != options.ToBlock)
            {
                return false;
            }
        }

        if (store.Checkpoint is not BlockRef checkpoint)
        {
            return false;
        }

        BlockHeader? rival = head.Number <= checkpoint.Number
            ? head
            : await source.FetchHeaderAsync(checkpoint.Number, cancellationToken);
        bool isCanonical = rival is not null && !await UndoForkAsync(rival, cancellationToken);
        if (isCanonical && rival!.Number == checkpoint.Number && checkpoint.Number >= options.ToBlock)
        {
            Log.Reached(logger, checkpoint.Number, checkpoint.Hash);
            return true;
        }

        return false;
    }

    private async Task AdvanceAsync(long target, CancellationToken cancellationToken)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        int rangeBlocks = Math.Min(FirstRangeBlocks, options.RangeBlocksMax);
        Task<ChainSegment>? ahead = FetchAsync(Next, target, rangeBlocks, stop.Token);
        try
        {
            while (ahead is not null)
            {
                ChainSegment segment = await ahead;

                // The next range is on its way while this one is written.
                ahead = segment.Last.Number < target
                    ? FetchAsync(segment.Last.Number + 1, target, rangeBlocks, stop.Token)
                    : null;
                if (store.Checkpoint is BlockRef checkpoint && segment.First.ParentHash != checkpoint.Hash)
                {
                    await UndoAsync(segment.First, cancellationToken);
                    return;
                }

                await CommitAsync(segment, cancellationToken);
                rangeBlocks = NextRange(rangeBlocks, segment.Logs.Count);
            }
        }
        finally
        {
            if (ahead is not null)
            {
                await stop.CancelAsync();
                await ((Task)ahead).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private Task<ChainSegment> FetchAsync(
        long from, long target, int rangeBlocks, CancellationToken cancellationToken) =>
        source.FetchAsync(from, Math.Min(target, from + rangeBlocks - 1), cancellationToken);

    private int NextRange(int rangeBlocks, int events) => events > options.RangeEventsTarget
        ? Math.Max(1, rangeBlocks / 2)
        : Math.Min(options.RangeBlocksMax, events < options.RangeEventsTarget / 2 ? rangeBlocks * 2 : rangeBlocks);

    private async Task CommitAsync(ChainSegment segment, CancellationToken cancellationToken)
    {
        DecodedLogs logs = DecodedLogs.Of(segment.Logs, selection);
        await store.CommitAsync(segment, logs, cancellationToken);
        foreach ((LogEntry log, string reason) in logs.Undecoded)
        {
            Log.Undecoded(logger, log.BlockNumber, log.LogIndex, reason);
        }

        progress.SetIndexed(segment.Last.Number);
        progress.AddEvents(segment.Logs.Count);
        if (segment.Headers.Count == 1)
        {
            Log.CommittedOne(logger, segment.Last.Number, segment.Logs.Count);
        }
        else
        {
            Log.Committed(logger, segment.First.Number, segment.Last.Number, segment.Logs.Count);
        }
    }

    /// <summary>Rolls back if a block of the node is another one than that stored at its height.</summary>
    private async Task<bool> UndoForkAsync(BlockHeader rival, CancellationToken cancellationToken)
    {
        // A node below our first block, or on our chain and behind, is no reason to undo anything.
        if (rival.Number < plan.StartBlock || await store.HashAtAsync(rival.Number, cancellationToken) == rival.Hash)
        {
            return false;
        }

        await UndoAsync(rival, cancellationToken);
        return true;
    }

    private async Task UndoAsync(BlockHeader branch, CancellationToken cancellationToken)
    {
        long from = store.Checkpoint!.Value.Number;
        long ancestor = await ForkPoint.FindAsync(branch, source, store, plan.StartBlock, cancellationToken);
        bool sharesNothing = ancestor < plan.StartBlock;
        if (sharesNothing && (await source.FetchHeaderAsync(0, cancellationToken))?.Hash != chain.Genesis)
        {
            throw new IndexerException($"The node now serves another chain than the schema {plan.Schema} mirrors.");
        }

        await store.RollBackAsync(ancestor, cancellationToken);
        progress.SetIndexed(store.Checkpoint?.Number);
        Log.ReorgApplied(logger, ancestor, from - ancestor);
    }
}
