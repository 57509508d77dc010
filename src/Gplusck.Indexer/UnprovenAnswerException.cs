using Gplusck.Chain;

namespace Gplusck.Indexer;

/// <summary>The node's answers contradict each other or their own hashes. Nothing of them was committed.</summary>
/// <remarks>Retryable: a reorg between two requests looks the same as a lie, and passes.</remarks>
public sealed class UnprovenAnswerException : RetryableException
{
    /// <inheritdoc/>
    public UnprovenAnswerException(string message)
        : base(message)
    {
    }
}
