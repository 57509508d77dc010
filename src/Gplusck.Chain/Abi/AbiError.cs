using System.Text.Json;

namespace Gplusck.Chain.Abi;

/// <summary>A custom error that a contract reverts with.</summary>
public sealed class AbiError
{
    private AbiError(string name, AbiParameter[] inputs)
    {
        Name = name;
        Inputs = inputs;
        Signature = name + AbiType.Signature(inputs);
        Selector = AbiFunction.SelectorOf(Signature);
    }

    /// <summary>The name in the source.</summary>
    public string Name { get; }

    /// <summary>What the error tells.</summary>
    public IReadOnlyList<AbiParameter> Inputs { get; }

    /// <summary>Name and input types, such as <c>UnknownJob(uint256)</c>.</summary>
    public string Signature { get; }

    /// <summary>The first four bytes of the signature's hash, and of the revert data.</summary>
    public uint Selector { get; }

    /// <summary>An error from its entry in a JSON ABI.</summary>
    public static AbiError FromJson(JsonElement entry) =>
        new(JsonAbi.Text(entry, "name"), JsonAbi.Parameters(entry, "inputs"));

    /// <summary>The values behind the selector of revert data.</summary>
    /// <exception cref="AbiException">Not an encoding of the inputs.</exception>
    public object[] Decode(ReadOnlySpan<byte> valuesData)
    {
        AbiReader reader = new(valuesData);
        return AbiDecoder.ReadMembers(ref reader, Inputs);
    }

    /// <inheritdoc/>
    public override string ToString() => Signature;
}
