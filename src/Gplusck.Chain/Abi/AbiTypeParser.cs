using System.Globalization;
using System.Text.Json;
using Gplusck.Chain.Primitives;

namespace Gplusck.Chain.Abi;

/// <summary>Recursive descent over type names: base type or tuple, then array suffixes.</summary>
internal ref struct AbiTypeParser
{
    private readonly string _text;
    private readonly IReadOnlyList<AbiParameter>? _tupleComponents;
    private int _position;

    private AbiTypeParser(string text, IReadOnlyList<AbiParameter>? tupleComponents)
    {
        _text = text;
        _tupleComponents = tupleComponents;
    }

    public static AbiType Parse(string text, IReadOnlyList<AbiParameter>? tupleComponents)
    {
        AbiTypeParser parser = new(text, tupleComponents);
        AbiType type = parser.ReadType(AbiType.DepthMax);
        return parser._position == text.Length ? type : throw parser.Unknown();
    }

    public static AbiType FromJson(JsonElement parameter, int depthLeft)
    {
        if (depthLeft == 0)
        {
            throw new AbiException($"A type nested more than {AbiType.DepthMax} deep is not supported.");
        }

        string name = JsonAbi.Text(parameter, "type");
        return Parse(name, name.StartsWith("tuple", StringComparison.Ordinal)
            ? JsonAbi.Parameters(parameter, "components", depthLeft - 1)
            : null);
    }

    private AbiType ReadType(int depthLeft)
    {
        if (depthLeft == 0)
        {
            throw new AbiException($"A type nested more than {AbiType.DepthMax} deep is not supported.");
        }

        AbiType type = Peek() == '(' ? ReadTuple(depthLeft) : ReadNamed();
        while (Peek() == '[')
        {
            _position++;
            ReadOnlySpan<char> count = ReadWhile(char.IsAsciiDigit);
            if (Peek() != ']')
            {
                throw Unknown();
            }

            _position++;
            type = count.IsEmpty ? AbiType.ArrayOf(type) : AbiType.ArrayOf(type, ReadCount(count));
        }

        return type;
    }

    private AbiType ReadTuple(int depthLeft)
    {
        List<AbiParameter> components = [];
        do
        {
            _position++;
            components.Add(new AbiParameter(string.Empty, ReadType(depthLeft - 1), Indexed: false, InternalType: null));
        }
        while (Peek() == ',');

        if (Peek() != ')')
        {
            throw Unknown();
        }

        _position++;
        return AbiType.TupleOf(components);
    }

    private AbiType ReadNamed()
    {
        string name = ReadWhile(char.IsAsciiLetter).ToString();
        string size = ReadWhile(char.IsAsciiDigit).ToString();
        return (name, size.Length == 0) switch
        {
            ("uint", _) => AbiType.Unsigned(ReadSize(size, 256, 8)),
            ("int", _) => AbiType.Signed(ReadSize(size, 256, 8)),
            ("bytes", false) => AbiType.Fixed(ReadSize(size, 32, 1)),
            ("bytes", true) => AbiType.Dynamic(AbiKind.Bytes, "bytes"),
            ("string", true) => AbiType.Dynamic(AbiKind.Text, "string"),
            ("address", true) => AbiType.Word(AbiKind.Address, "address"),
            ("bool", true) => AbiType.Word(AbiKind.Boolean, "bool"),
            ("function", true) => AbiType.Word(AbiKind.Function, "function", 24),
            ("tuple", true) when _tupleComponents is { Count: > 0 } => AbiType.TupleOf(_tupleComponents),
            _ => throw Unknown(),
        };
    }

    private readonly int ReadSize(ReadOnlySpan<char> digits, int largest, int step)
    {
        int size = digits.IsEmpty ? largest : ReadCount(digits);
        return size <= largest && size % step == 0 ? size : throw Unknown();
    }

    private readonly int ReadCount(ReadOnlySpan<char> digits) =>
        digits[0] != '0' && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            ? count
            : throw Unknown();

    private ReadOnlySpan<char> ReadWhile(Func<char, bool> accept)
    {
        int first = _position;
        while (_position < _text.Length && accept(_text[_position]))
        {
            _position++;
        }

        return _text.AsSpan(first, _position - first);
    }

    private readonly char Peek() => _position < _text.Length ? _text[_position] : '\0';

    private readonly AbiException Unknown() => new($"\"{Hex.Shorten(_text)}\" is not an ABI type.");
}
