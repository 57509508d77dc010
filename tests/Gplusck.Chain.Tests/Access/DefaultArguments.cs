using System.Numerics;
using Gplusck.Chain.Abi;
using Gplusck.Chain.Primitives;

namespace Gplusck.Chain.Tests.Access;

/// <summary>Arguments for any function: by name what the scene holds, and small values for all others.</summary>
/// <param name="byName">Values of parameters that have this name, such as the id of a job that exists.</param>
internal sealed class DefaultArguments(IReadOnlyDictionary<string, object> byName)
{
    private static readonly Address Somebody = Address.Parse("0x00000000000000000000000000000000000000aa");

    public byte[] CallOf(AbiFunction function) =>
        function.EncodeCall([.. function.Inputs.Select(ValueOf)]);

    private object ValueOf(AbiParameter parameter) =>
        byName.TryGetValue(parameter.Name, out object? value) && Fits(value, parameter.Type)
            ? value
            : ValueOf(parameter.Type);

    private object ValueOf(AbiType type) => type.Kind switch
    {
        AbiKind.UnsignedInteger or AbiKind.SignedInteger => BigInteger.One,
        AbiKind.Address => Somebody,
        AbiKind.Boolean => true,
        AbiKind.FixedBytes or AbiKind.Function => new byte[type.Size],
        AbiKind.Bytes => new byte[] { 1 },
        AbiKind.Text => "x",
        AbiKind.Tuple => type.Components.Select(ValueOf).ToArray(),
        AbiKind.Array => new[] { ValueOf(type.Element!) },
        _ => Enumerable.Repeat(ValueOf(type.Element!), type.Size).ToArray(),
    };

    private static bool Fits(object value, AbiType type) => value switch
    {
        Address => type.Kind == AbiKind.Address,
        BigInteger number => type.Kind == AbiKind.UnsignedInteger && number.GetBitLength() <= type.Size,
        byte[] bytes => type.Kind == AbiKind.FixedBytes && bytes.Length == type.Size,
        _ => false,
    };
}
