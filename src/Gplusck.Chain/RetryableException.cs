namespace Gplusck.Chain;

/// <summary>An error that may pass: trying the same thing again, later, can succeed.</summary>
public class RetryableException : GplusckException
{
    /// <inheritdoc/>
    public RetryableException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public RetryableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
