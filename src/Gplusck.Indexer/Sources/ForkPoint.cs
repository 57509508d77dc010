using Gplusck.Chain.Primitives;
using Gplusck.Chain.Rpc;
using Gplusck.Indexer.Storage;

namespace Gplusck.Indexer.Sources;

/// <summary>Where the node's chain and the stored one part.</summary>
internal static class ForkPoint
{
    /// <summary>Height of the last common block; below the first stored one when they share none.</summary>
    /// <param name="branch">A block of the node's chain, at most one above the stored ones and not among them.</param>
    /// <param name="source">Asked for the ancestors.</param>
    /// <param name="store">Knows every block that was ever committed and not undone.</param>
    /// <param name="startBlock">The first block that can be stored.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="UnprovenAnswerException">The node's blocks do not form a chain.</exception>
    public static async Task<long> FindAsync(
        BlockHeader branch,
        ChunkSource source, IndexStore store, long startBlock, CancellationToken cancellationToken)
    {
        // Each step rests on a parent hash: a lower height alone proves nothing.
        while (branch.Number > startBlock)
        {
            long parent = branch.Number - 1;
            if (await store.HashAtAsync(parent, cancellationToken) == branch.ParentHash)
            {
                return parent;
            }

            Hash32 expected = branch.ParentHash;
            branch = await source.FetchHeaderAsync(parent, cancellationToken)
                ?? throw new UnprovenAnswerException($"The node has block {branch.Number} but not its parent.");
            if (branch.Hash != expected)
            {
                throw new UnprovenAnswerException(
                    $"Block {parent} of the node is not the parent of its block {parent + 1}.");
            }
        }

        return startBlock - 1;
    }
}
