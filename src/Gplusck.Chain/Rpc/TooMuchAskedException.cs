namespace Gplusck.Chain.Rpc;

/// <summary>A request or its answer is larger than one side takes: ask for less at a time.</summary>
public sealed class TooMuchAskedException : GplusckException
{
    /// <inheritdoc/>
    public TooMuchAskedException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public TooMuchAskedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
