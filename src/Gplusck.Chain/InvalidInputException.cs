namespace Gplusck.Chain;

/// <summary>The user gave something wrong. The message says what was wrong and what would be right.</summary>
/// <remarks>Ends a command with exit code 2 and an HTTP request with a 400 problem document.</remarks>
public sealed class InvalidInputException : GplusckException
{
    /// <inheritdoc/>
    public InvalidInputException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public InvalidInputException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
