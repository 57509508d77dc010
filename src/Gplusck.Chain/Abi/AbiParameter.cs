namespace Gplusck.Chain.Abi;

/// <summary>A named input, output or struct member.</summary>
/// <param name="Name">As in the source; empty when it has none.</param>
/// <param name="Type">Its ABI type.</param>
/// <param name="Indexed">Whether an event carries it as a topic.</param>
/// <param name="InternalType">
/// Its type in the source, such as <c>enum NodeStatus</c>; null when the ABI does not say.
/// </param>
public sealed record AbiParameter(string Name, AbiType Type, bool Indexed, string? InternalType)
{
    /// <summary>
    /// Whether an event carries only the hash of the value: arrays, structs, <c>bytes</c> and <c>string</c>.
    /// </summary>
    public bool IsHashed => Indexed && !Type.IsSingleWord;
}
