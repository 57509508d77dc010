using Gplusck.Chain.Abi;
using Gplusck.Chain.Primitives;

namespace Gplusck.Chain.Bindings;

/// <summary>Makes the calls of one contract at one address; the part that generated bindings share.</summary>
internal sealed class BoundContract(Address address, string name)
{
    public Call<T> Call<T>(AbiWriter call, AbiRead<T> readOutputs) =>
        new(address, call.ToArray(), data => DecodeOutputs(data, readOutputs)) { DecodeError = DescribeError };

    public Call<Unit> Call(AbiWriter call) =>
        new(address, call.ToArray(), static _ => default) { DecodeError = DescribeError };

    private string? DescribeError(byte[] revertData) => ContractErrors.Describe(revertData, name);

    private T DecodeOutputs<T>(byte[] data, AbiRead<T> readOutputs)
    {
        if (data.Length == 0)
        {
            throw new AbiException($"{name} at {address} returned nothing: is it deployed there, on this chain?");
        }

        AbiReader reader = new(data);
        return readOutputs(ref reader);
    }
}
