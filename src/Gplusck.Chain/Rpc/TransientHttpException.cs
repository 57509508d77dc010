namespace Gplusck.Chain.Rpc;

/// <summary>One attempt failed in a way that the next may not; the retry policy catches it.</summary>
internal sealed class TransientHttpException : Exception
{
    public TransientHttpException(string message, TimeSpan? retryAfter)
        : base(message) => RetryAfter = retryAfter;

    public TransientHttpException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The wait the node asked for.</summary>
    public TimeSpan? RetryAfter { get; }
}
