using Gplusck.Chain.Abi;

namespace Gplusck.Indexer.Tests.Chain;

/// <summary>What the compiler made of a contract.</summary>
public sealed record CompiledContract(string AbiJson, byte[] CreationCode)
{
    public AbiContract Abi { get; } = AbiContract.Parse(AbiJson);

    public byte[] Call(string function, params object[] arguments) =>
        Abi.Functions.Single(candidate => candidate.Name == function).EncodeCall(arguments);
}
