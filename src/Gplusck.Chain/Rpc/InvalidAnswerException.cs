namespace Gplusck.Chain.Rpc;

/// <summary>The node's answer is not what the protocol promises: a field is missing, an id wrong.</summary>
/// <remarks>Retryable: behind a load balancer the next answer may come from a sound node.</remarks>
public sealed class InvalidAnswerException : RetryableException
{
    /// <inheritdoc/>
    public InvalidAnswerException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public InvalidAnswerException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
