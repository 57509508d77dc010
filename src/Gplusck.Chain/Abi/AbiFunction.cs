using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Gplusck.Chain.Primitives;

namespace Gplusck.Chain.Abi;

/// <summary>A function of a contract.</summary>
public sealed class AbiFunction
{
    private AbiFunction(string name, AbiParameter[] inputs, AbiParameter[] outputs)
    {
        Name = name;
        Inputs = inputs;
        Outputs = outputs;
        Signature = name + AbiType.Signature(inputs);
        Selector = SelectorOf(Signature);
    }

    /// <summary>The name, which overloads share.</summary>
    public string Name { get; }

    /// <summary>What it takes.</summary>
    public IReadOnlyList<AbiParameter> Inputs { get; }

    /// <summary>What it returns.</summary>
    public IReadOnlyList<AbiParameter> Outputs { get; }

    /// <summary>Name and input types, such as <c>transfer(address,uint256)</c>.</summary>
    public string Signature { get; }

    /// <summary>The first four bytes of the signature's hash.</summary>
    public uint Selector { get; }

    /// <summary>A function from its entry in a JSON ABI.</summary>
    public static AbiFunction FromJson(JsonElement entry) => new(
        JsonAbi.Text(entry, "name"), JsonAbi.Parameters(entry, "inputs"), JsonAbi.Parameters(entry, "outputs"));

    /// <summary>Call data for these arguments.</summary>
    /// <exception cref="AbiException">An argument its type cannot hold, or not one for each input.</exception>
    public byte[] EncodeCall(params IReadOnlyList<object> arguments)
    {
        AbiWriter writer = new(Selector, AbiType.InnerHeadBytes(Inputs));
        AbiEncoder.WriteMembers(writer, Inputs, arguments);
        return writer.ToArray();
    }

    /// <summary>The arguments in call data of this function.</summary>
    /// <exception cref="AbiException">Another selector, or not an encoding of the inputs.</exception>
    public object[] DecodeCall(ReadOnlySpan<byte> callData)
    {
        if (!BinaryPrimitives.TryReadUInt32BigEndian(callData, out uint selector) || selector != Selector)
        {
            throw new AbiException($"The data is not a call of {Signature}.");
        }

        AbiReader reader = new(callData[4..]);
        return AbiDecoder.ReadMembers(ref reader, Inputs);
    }

    /// <summary>The values that a call returned.</summary>
    /// <exception cref="AbiException">Not an encoding of the outputs.</exception>
    public object[] DecodeOutputs(ReadOnlySpan<byte> data)
    {
        AbiReader reader = new(data);
        return AbiDecoder.ReadMembers(ref reader, Outputs);
    }

    /// <inheritdoc/>
    public override string ToString() => Signature;

    internal static uint SelectorOf(string signature)
    {
        Span<byte> digest = stackalloc byte[Hash32.Length];
        Keccak.Hash(Encoding.UTF8.GetBytes(signature), digest);
        return BinaryPrimitives.ReadUInt32BigEndian(digest);
    }
}
