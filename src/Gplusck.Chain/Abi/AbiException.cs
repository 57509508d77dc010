namespace Gplusck.Chain.Abi;

/// <summary>Bytes, a value or a type that the contract ABI does not allow. The message says which and why.</summary>
/// <remarks>The only exception that decoding throws, whatever the bytes are.</remarks>
public sealed class AbiException : GplusckException
{
    /// <inheritdoc/>
    public AbiException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public AbiException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
