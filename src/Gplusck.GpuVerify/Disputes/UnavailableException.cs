using Gplusck.Chain;

namespace Gplusck.GpuVerify.Disputes;

/// <summary>An operator does not serve what it committed to, or serves something else. It may yet.</summary>
public sealed class UnavailableException : RetryableException
{
    /// <inheritdoc/>
    public UnavailableException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public UnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
