using Gplusck.Chain;

namespace Gplusck.GpuVerify.Disputes;

/// <summary>Our own implementations disagree about a cell, so nobody is accused. A flaky device may agree next
/// time.</summary>
public sealed class InconclusiveException : RetryableException
{
    /// <inheritdoc/>
    public InconclusiveException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public InconclusiveException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
