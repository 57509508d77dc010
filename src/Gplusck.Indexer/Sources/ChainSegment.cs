using Gplusck.Chain.Rpc;

namespace Gplusck.Indexer.Sources;

/// <summary>
/// Consecutive blocks, linked by their parent hashes, with our contracts' logs in the order of the chain.
/// </summary>
internal sealed record ChainSegment(IReadOnlyList<BlockHeader> Headers, IReadOnlyList<LogEntry> Logs)
{
    public BlockHeader First => Headers[0];

    public BlockHeader Last => Headers[^1];
}
