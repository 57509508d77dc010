namespace Gplusck.Chain.Bindings;

/// <summary>A contract refused a call or a transaction.</summary>
/// <remarks>Not retryable: the same call on the same state reverts again.</remarks>
public sealed class ContractRevertException : GplusckException
{
    /// <summary>A revert with its data and a sentence that names the reason as far as it is known.</summary>
    public ContractRevertException(byte[] revertData, string message)
        : base(message) => RevertData = revertData;

    /// <summary>
    /// What the contract returned with the revert: the selector of its error and the arguments. May be empty.
    /// </summary>
    public byte[] RevertData { get; }
}
