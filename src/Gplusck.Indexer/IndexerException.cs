using Gplusck.Chain;

namespace Gplusck.Indexer;

/// <summary>The indexer cannot go on with this schema: it was built from something else.</summary>
public sealed class IndexerException : GplusckException
{
    /// <inheritdoc/>
    public IndexerException(string message)
        : base(message)
    {
    }
}
