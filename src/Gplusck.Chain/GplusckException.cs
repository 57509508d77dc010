namespace Gplusck.Chain;

/// <summary>Root of every error Gplusck raises itself. The message is one sentence a user can act on.</summary>
public class GplusckException : Exception
{
    /// <summary>An error with its sentence.</summary>
    public GplusckException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its sentence and its cause.</summary>
    public GplusckException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
