using System.Buffers;

namespace Gplusck.Chain.Rpc;

/// <summary>Walks a node's JSON by its bytes: properties, items, strings as they stand, values to skip.</summary>
/// <remarks>
/// For answers of many megabytes of which a few fields are wanted. It checks only the structure it walks through; what
/// is malformed is an <see cref="InvalidAnswerException"/>. Strings are not unescaped: hexadecimal has no escapes.
/// </remarks>
internal ref struct JsonCursor(ReadOnlySpan<byte> json)
{
    private const int DepthMax = 64;
    private static readonly SearchValues<byte> Structure = SearchValues.Create("\"[]{}"u8);
    private static readonly SearchValues<byte> StringEnd = SearchValues.Create("\"\\"u8);

    private readonly ReadOnlySpan<byte> _json = json;
    private int _position;

    /// <summary>Where the next value starts, after white space.</summary>
    public int Position
    {
        get
        {
            Peek();
            return _position;
        }
    }

    public bool AtNull => Peek() == 'n';

    /// <summary>Enters an object; its properties follow with <see cref="NextProperty"/>.</summary>
    public void EnterObject() => Expect((byte)'{');

    /// <summary>Enters an array; its items follow with <see cref="NextItem"/>.</summary>
    public void EnterArray() => Expect((byte)'[');

    /// <summary>Goes to the next property's value; false behind the end of the object.</summary>
    public bool NextProperty(out ReadOnlySpan<byte> name)
    {
        if (!HasItem((byte)'}'))
        {
            name = default;
            return false;
        }

        name = String();
        Expect((byte)':');
        return true;
    }

    /// <summary>Goes to the next item; false behind the end of the array.</summary>
    public bool NextItem() => HasItem((byte)']');

    /// <summary>A string as it stands between its quotes.</summary>
    public ReadOnlySpan<byte> String()
    {
        Expect((byte)'"');
        int start = _position;
        while (true)
        {
            int next = _json[_position..].IndexOfAny(StringEnd);
            if (next < 0)
            {
                throw CutShort();
            }

            _position += next + 1;
            if (_json[_position - 1] == '"')
            {
                return _json[start..(_position - 1)];
            }

            _position++;
            if (_position > _json.Length)
            {
                throw CutShort();
            }
        }
    }

    /// <summary>Passes over a value of any kind and returns its bytes.</summary>
    public ReadOnlySpan<byte> SkipValue()
    {
        byte first = Peek();
        int start = _position;
        if (first == '"')
        {
            String();
        }
        else if (first is (byte)'{' or (byte)'[')
        {
            SkipNested();
        }
        else
        {
            while (_position < _json.Length && _json[_position] is not ((byte)',' or (byte)'}' or (byte)']')
                && !IsSpace(_json[_position]))
            {
                _position++;
            }
        }

        return _position > start ? _json[start.._position] : throw Malformed();
    }

    public static InvalidAnswerException Malformed() => new("The node's answer is no well-formed JSON.");

    private static InvalidAnswerException CutShort() => new("The node's answer is JSON cut short.");

    private static bool IsSpace(byte value) => value is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t';

    private void SkipNested()
    {
        Span<byte> closing = stackalloc byte[DepthMax];
        int depth = 0;
        do
        {
            int next = _json[_position..].IndexOfAny(Structure);
            if (next < 0)
            {
                throw CutShort();
            }

            _position += next;
            byte found = _json[_position];
            if (found == '"')
            {
                String();
                continue;
            }

            _position++;
            if (found is (byte)'{' or (byte)'[')
            {
                closing[depth < DepthMax ? depth++ : throw Malformed()] = found == '{' ? (byte)'}' : (byte)']';
            }
            else if (closing[--depth] != found)
            {
                throw Malformed();
            }
        }
        while (depth > 0);
    }

    // The opening bracket or the item before stands right in front of us.
    private bool HasItem(byte end)
    {
        byte next = Peek();
        if (next == end)
        {
            _position++;
            return false;
        }

        if (next == ',')
        {
            _position++;
        }

        return true;
    }

    private byte Peek()
    {
        while (_position < _json.Length && IsSpace(_json[_position]))
        {
            _position++;
        }

        return _position < _json.Length ? _json[_position] : throw CutShort();
    }

    private void Expect(byte expected)
    {
        if (Peek() != expected)
        {
            throw Malformed();
        }

        _position++;
    }
}
