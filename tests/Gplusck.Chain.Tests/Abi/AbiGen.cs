using System.Numerics;
using CsCheck;
using Gplusck.Chain.Abi;
using Gplusck.Chain.Primitives;

namespace Gplusck.Chain.Tests.Abi;

/// <summary>Random ABI types, and random values of a type in the forms that <see cref="AbiDecoder"/> gives.</summary>
internal static class AbiGen
{
    private const int DepthMax = 3;

    private static readonly Gen<string> Word = Gen.OneOf(
        Gen.Int[1, 32].Select(bytes => $"uint{bytes * 8}"),
        Gen.Int[1, 32].Select(bytes => $"int{bytes * 8}"),
        Gen.Int[1, 32].Select(bytes => $"bytes{bytes}"),
        Gen.OneOf("address", "bool"));

    private static readonly Gen<string> Simple = Gen.Frequency((3, Word), (1, Gen.OneOf("bytes", "string")));

    /// <summary>Any type but <c>function</c>, which neither viem nor ethers knows.</summary>
    public static Gen<AbiType> Type { get; } = TypeName(DepthMax).Select(AbiType.Parse);

    /// <summary>A parameter list and its values.</summary>
    public static Gen<(AbiType[] Types, object[] Values)> Parameters { get; } = Type.Array[0, 5].SelectMany(
        types => Values(types).Select(values => (types, values)));

    public static Gen<object[]> Values(IReadOnlyList<AbiType> types) => types.Aggregate(
        Gen.Const<object[]>([]),
        (before, type) => Gen.Select(
            before, Value(type), object[] (object[] values, object value) => [.. values, value]));

    public static Gen<object> Value(AbiType type) => type.Kind switch
    {
        AbiKind.UnsignedInteger => Integer(type.Size).Select(value => (object)value),
        AbiKind.SignedInteger => Integer(type.Size).Select(value => (object)Signed(value, type.Size)),
        AbiKind.Address => Gen.Byte.Array[Address.Length].Select(bytes => (object)Address.FromBytes(bytes)),
        AbiKind.Boolean => Gen.Bool.Select(value => (object)value),
        AbiKind.FixedBytes or AbiKind.Function => Gen.Byte.Array[type.Size].Select(bytes => (object)bytes),
        AbiKind.Bytes => Gen.Byte.Array[0, 100].Select(bytes => (object)bytes),
        AbiKind.Text => Text.Select(text => (object)text),
        AbiKind.Array => Value(type.Element!).Array[0, 4].Select(values => (object)values),
        AbiKind.FixedArray => Value(type.Element!).Array[type.Size].Select(values => (object)values),
        _ => Values([.. type.Components.Select(component => component.Type)]).Select(values => (object)values),
    };

    /// <summary>Every kind of code point, none of which is a lone surrogate.</summary>
    private static Gen<string> Text { get; } = Gen.Frequency(
            (4, Gen.Int[0x20, 0x7E]),
            (2, Gen.Int[0, 0x7FF]),
            (2, Gen.Int[0xE000, 0xFFFF]),
            (2, Gen.Int[0x1_0000, 0x10_FFFF]))
        .Array[0, 40]
        .Select(points => string.Concat(points.Select(char.ConvertFromUtf32)));

    private static Gen<string> TypeName(int depth) => depth == 0
        ? Simple
        : Gen.Frequency(
            (4, Simple),
            (1, TypeName(depth - 1).Select(element => $"{element}[]")),
            (1, Gen.Select(TypeName(depth - 1), Gen.Int[1, 4], (element, count) => $"{element}[{count}]")),
            (1, TypeName(depth - 1).Array[1, 4].Select(members => $"({string.Join(',', members)})")));

    /// <summary>Every bit length as likely as another; the ends of the range are likely.</summary>
    private static Gen<BigInteger> Integer(int bits) => Gen.Frequency(
        (1, Gen.OneOf(BigInteger.Zero, BigInteger.One, (BigInteger.One << bits) - 1, BigInteger.One << (bits - 1))),
        (4, Gen.Select(Gen.Byte.Array[bits / 8], Gen.Int[0, bits], (bytes, length) =>
            new BigInteger(bytes, isUnsigned: true) & ((BigInteger.One << length) - 1))));

    private static BigInteger Signed(BigInteger value, int bits) =>
        value >> (bits - 1) == 0 ? value : value - (BigInteger.One << bits);
}
