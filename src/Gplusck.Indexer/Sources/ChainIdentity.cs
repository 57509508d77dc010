using Gplusck.Chain.Primitives;
using Gplusck.Chain.Rpc;

namespace Gplusck.Indexer.Sources;

/// <summary>What tells one chain from another: chains may share an id, not a first block.</summary>
internal sealed record ChainIdentity(long ChainId, Hash32 Genesis)
{
    /// <exception cref="UnprovenAnswerException">The node has no first block, or its header is not proven.</exception>
    public static async Task<ChainIdentity> ReadAsync(
        EthereumClient client, ChunkSource source, CancellationToken cancellationToken)
    {
        long chainId = await client.ChainIdAsync(cancellationToken);
        BlockHeader genesis = await source.FetchHeaderAsync(0, cancellationToken)
            ?? throw new UnprovenAnswerException("The node has no block 0.");
        return new ChainIdentity(chainId, genesis.Hash);
    }
}
