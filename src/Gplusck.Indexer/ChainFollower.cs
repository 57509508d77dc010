using Gplusck.Chain.Rpc;
using Gplusck.Indexer.Decoding;
using Gplusck.Indexer.Factories;
using Gplusck.Indexer.Schema;
using Gplusck.Indexer.Sources;
using Gplusck.Indexer.Storage;
using Microsoft.Extensions.Logging;

namespace Gplusck.Indexer;

/// <summary>Moves a store along the node's chain, forward and, where the chain forked, back.</summary>
internal sealed class ChainFollower(
    IndexStore store,
    ChunkSource source,
    SchemaPlan plan,
    ChainIdentity chain,
    IndexerOptions options,
    IndexerProgress progress,
    ILogger logger)
{
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

    /// <summary>Fetches ahead, decodes in order, and writes one segment while the next is decoded.</summary>
    private async Task AdvanceAsync(long target, CancellationToken cancellationToken)
    {
        await using ChunkQueue chunks = new(source, Next, target, options, cancellationToken);
        LogMatcher matcher = new(plan);
        ChildRegistry children = new(plan.Factories, matcher);
        children.Load(await store.ChildrenAsync(cancellationToken));
        BlockRef? last = store.Checkpoint;
        DecodedSegment open = new(matcher, children, store.State);
        Task writing = Task.CompletedTask;
        try
        {
            while (await chunks.NextAsync() is BlockChunk chunk)
            {
                using (chunk)
                {
                    if (last is BlockRef tip && chunk.First.ParentHash != tip.Hash)
                    {
                        await writing;
                        await CommitAsync(open, atTip: true, cancellationToken);
                        await UndoAsync(chunk.First, cancellationToken);
                        return;
                    }

                    for (int block = 0; block < chunk.Headers.Count; block++)
                    {
                        open.Append(chunk.Headers[block], chunk.ReceiptsOf(block));
                    }

                    last = BlockRef.Of(chunk.Last);
                }

                if (chunks.IsDone || IsFull(open))
                {
                    await writing;
                    DecodedSegment full = open;
                    open = new DecodedSegment(matcher, children, full.State);
                    writing = WriteAsync(full, chunks.IsDone, cancellationToken);
                }
            }

            await writing;
        }
        finally
        {
            await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            open.Dispose();
        }
    }

    private bool IsFull(DecodedSegment segment) =>
        segment.Events >= options.RangeEventsTarget || segment.Blocks.Count >= options.RangeBlocksMax;

    // On a thread of its own from the start, so that the next segment is decoded meanwhile.
    private Task WriteAsync(DecodedSegment segment, bool atTip, CancellationToken cancellationToken) => Task.Run(
        async () =>
        {
            using (segment)
            {
                await CommitAsync(segment, atTip, cancellationToken);
            }
        },
        cancellationToken);

    private async Task CommitAsync(DecodedSegment segment, bool atTip, CancellationToken cancellationToken)
    {
        if (segment.Last is not BlockHeader last)
        {
            return;
        }

        await store.CommitAsync(segment, atTip, cancellationToken);
        foreach (UndecodedNote log in segment.Notes)
        {
            Log.Undecoded(logger, log.BlockNumber, log.LogIndex, log.Reason);
        }

        progress.SetIndexed(last.Number);
        progress.AddEvents(segment.Events);
        if (segment.Blocks.Count == 1)
        {
            Log.CommittedOne(logger, last.Number, segment.Events);
        }
        else
        {
            Log.Committed(logger, segment.First!.Number, last.Number, segment.Events);
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
        if (sharesNothing && await source.FetchHeaderAsync(0, cancellationToken) is var first
            && (first ?? throw new UnprovenAnswerException("The node has no block 0.")).Hash != chain.Genesis)
        {
            throw new IndexerException($"The node now serves another chain than the schema {plan.Schema} mirrors.");
        }

        await store.RollBackAsync(ancestor, cancellationToken);
        progress.SetIndexed(store.Checkpoint?.Number);
        Log.ReorgApplied(logger, ancestor, from - ancestor);
    }
}
