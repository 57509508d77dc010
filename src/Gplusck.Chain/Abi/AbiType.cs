using System.Text.Json;

namespace Gplusck.Chain.Abi;

/// <summary>One type of the contract ABI.</summary>
/// <remarks>
/// <c>fixed</c> and <c>ufixed</c>, which no compiler emits, and types without bytes (<c>T[0]</c>, an empty struct),
/// which Solidity refuses, are no types here.
/// </remarks>
public sealed class AbiType
{
    /// <summary>The unit everything is padded to.</summary>
    public const int WordBytes = 32;

    internal const int DepthMax = 32;
    private const long HeadBytesMax = 1 << 28;

    private AbiType(AbiKind kind, string name, int size, bool isDynamic, int headBytes)
    {
        Kind = kind;
        Name = name;
        Size = size;
        IsDynamic = isDynamic;
        HeadBytes = headBytes;
    }

    /// <summary>The family the type belongs to.</summary>
    public AbiKind Kind { get; }

    /// <summary>
    /// The canonical name that selectors and topics are hashed from, such as <c>(uint256,address)[3]</c>.
    /// </summary>
    public string Name { get; }

    /// <summary>Bits of an integer, bytes of <c>bytesN</c>, elements of <c>T[N]</c>; otherwise 0.</summary>
    public int Size { get; }

    /// <summary>Whether the head holds an offset and the value lies behind it.</summary>
    public bool IsDynamic { get; }

    /// <summary>Bytes that the type takes in the head it is part of.</summary>
    public int HeadBytes { get; }

    /// <summary>Type of the elements of an array.</summary>
    public AbiType? Element { get; private init; }

    /// <summary>Members of a tuple, in order; empty for any other type.</summary>
    public IReadOnlyList<AbiParameter> Components { get; private init; } = [];

    /// <summary>
    /// Whether it is an integer, address, bool, bytesN or function: a topic holds such a value itself.
    /// </summary>
    public bool IsSingleWord => Kind < AbiKind.Bytes;

    private int Depth { get; init; }

    /// <summary>
    /// The type that a name such as <c>uint256</c>, <c>bytes32[2][]</c> or <c>(address,(bool,string))[]</c> spells.
    /// </summary>
    /// <exception cref="AbiException">No such type.</exception>
    public static AbiType Parse(string name) => AbiTypeParser.Parse(name, tupleComponents: null);

    /// <summary>The type of an input, output or component in a JSON ABI.</summary>
    /// <exception cref="AbiException">No such type.</exception>
    public static AbiType FromJson(JsonElement parameter) => AbiTypeParser.FromJson(parameter, DepthMax);

    /// <inheritdoc/>
    public override string ToString() => Name;

    internal static AbiType Unsigned(int bits) => Word(AbiKind.UnsignedInteger, $"uint{bits}", bits);

    internal static AbiType Signed(int bits) => Word(AbiKind.SignedInteger, $"int{bits}", bits);

    internal static AbiType Fixed(int length) => Word(AbiKind.FixedBytes, $"bytes{length}", length);

    internal static AbiType Word(AbiKind kind, string name, int size = 0) => new(kind, name, size, false, WordBytes);

    internal static AbiType Dynamic(AbiKind kind, string name) => new(kind, name, 0, true, WordBytes);

    internal static AbiType ArrayOf(AbiType element) =>
        new(AbiKind.Array, $"{element.Name}[]", 0, true, WordBytes)
        {
            Element = element,
            Depth = Deeper(element.Depth),
        };

    internal static AbiType ArrayOf(AbiType element, int count)
    {
        int inner = Supported((long)element.HeadBytes * count);
        return new AbiType(
            AbiKind.FixedArray,
            $"{element.Name}[{count}]",
            count,
            element.IsDynamic,
            element.IsDynamic ? WordBytes : inner)
        {
            Element = element,
            Depth = Deeper(element.Depth),
        };
    }

    internal static AbiType TupleOf(IReadOnlyList<AbiParameter> components)
    {
        bool isDynamic = components.Any(component => component.Type.IsDynamic);
        int inner = InnerHeadBytes(components);
        return new AbiType(AbiKind.Tuple, Signature(components), 0, isDynamic, isDynamic ? WordBytes : inner)
        {
            Components = components,
            Depth = Deeper(components.Max(component => component.Type.Depth)),
        };
    }

    /// <summary>Length of the head that the parameters have among themselves.</summary>
    internal static int InnerHeadBytes(IReadOnlyList<AbiParameter> parameters) =>
        Supported(parameters.Sum(parameter => (long)parameter.Type.HeadBytes));

    internal static string Signature(IReadOnlyList<AbiParameter> parameters) =>
        $"({string.Join(',', parameters.Select(parameter => parameter.Type.Name))})";

    private static int Supported(long headBytes) => headBytes <= HeadBytesMax
        ? (int)headBytes
        : throw new AbiException($"A static part of {headBytes} bytes is more than the {HeadBytesMax} supported.");

    private static int Deeper(int depth) => depth < DepthMax
        ? depth + 1
        : throw new AbiException($"A type nested more than {DepthMax} deep is not supported.");
}
