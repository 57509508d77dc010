using Gplusck.Chain;

namespace Gplusck.Indexer;

/// <summary>Another indexer works on the schema. It may stop.</summary>
public sealed class SchemaLockedException : RetryableException
{
    /// <inheritdoc/>
    public SchemaLockedException(string message)
        : base(message)
    {
    }
}
