using System.Text;
using Gplusck.Chain.Abi;

namespace Gplusck.Indexer.Decoding;

/// <summary>Writes a value of one ABI type as JSON, straight from its encoding.</summary>
/// <remarks>Integers are decimal strings, bytes and addresses 0x hex, structs objects.</remarks>
internal sealed class JsonValue
{
    private readonly AbiType _type;
    private readonly JsonValue? _element;
    private readonly (byte[] Key, JsonValue Value)[] _members;

    public JsonValue(AbiType type)
    {
        _type = type;
        _element = type.Element is null ? null : new JsonValue(type.Element);
        _members = Members(type.Components);
    }

    /// <summary>Writes the value at the cursor into the field begun last; false when it is no encoding of the type.
    /// </summary>
    public bool TryWrite(ref AbiCursor cursor, CopyRows rows) => _type.Kind switch
    {
        AbiKind.Array => TryWriteArray(ref cursor, rows),
        AbiKind.FixedArray or AbiKind.Tuple => TryWriteFixed(ref cursor, rows),
        AbiKind.Boolean => TryWriteBool(ref cursor, rows),
        AbiKind.UnsignedInteger or AbiKind.SignedInteger => TryWriteInteger(ref cursor, rows),
        AbiKind.Text => TryWriteText(ref cursor, rows),
        _ => TryWriteBytes(ref cursor, rows),
    };

    private bool TryWriteArray(ref AbiCursor cursor, CopyRows rows)
    {
        (int Start, int Head) = cursor.Place;
        bool isWritten = cursor.TryEnterArray(_element!._type.HeadBytes, out int count)
            && TryWriteElements(ref cursor, rows, count);
        cursor.Place = (Start, Head + AbiType.WordBytes);
        return isWritten;
    }

    private bool TryWriteFixed(ref AbiCursor cursor, CopyRows rows)
    {
        if (!_type.IsDynamic)
        {
            return TryWriteInPlace(ref cursor, rows);
        }

        (int Start, int Head) = cursor.Place;
        bool isWritten = cursor.TryEnter() && TryWriteInPlace(ref cursor, rows);
        cursor.Place = (Start, Head + AbiType.WordBytes);
        return isWritten;
    }

    private bool TryWriteInPlace(ref AbiCursor cursor, CopyRows rows) => _type.Kind == AbiKind.Tuple
        ? TryWriteMembers(ref cursor, rows)
        : cursor.HasHead(_type.Size, _element!._type.HeadBytes) && TryWriteElements(ref cursor, rows, _type.Size);

    private bool TryWriteElements(ref AbiCursor cursor, CopyRows rows, int count)
    {
        rows.Append((byte)'[');
        for (int index = 0; index < count; index++)
        {
            if (index > 0)
            {
                rows.Append((byte)',');
            }

            if (!_element!.TryWrite(ref cursor, rows))
            {
                return false;
            }
        }

        rows.Append((byte)']');
        return true;
    }

    private bool TryWriteMembers(ref AbiCursor cursor, CopyRows rows)
    {
        foreach ((byte[] key, JsonValue value) in _members)
        {
            rows.Append(key);
            if (!value.TryWrite(ref cursor, rows))
            {
                return false;
            }
        }

        rows.Append((byte)'}');
        return true;
    }

    private static bool TryWriteBool(ref AbiCursor cursor, CopyRows rows)
    {
        bool isRead = cursor.TryBool(out bool value);
        rows.Append(value ? "true"u8 : "false"u8);
        return isRead;
    }

    private bool TryWriteInteger(ref AbiCursor cursor, CopyRows rows)
    {
        int padding = AbiType.WordBytes - (_type.Size / 8);
        bool isSigned = _type.Kind == AbiKind.SignedInteger;
        bool isRead = isSigned
            ? cursor.TrySigned(padding, _type.Name, out ReadOnlySpan<byte> word)
            : cursor.TryLeftPadded(padding, _type.Name, out word);
        if (isRead)
        {
            rows.Append((byte)'"');
            Base10000.WriteDecimal(rows, word, isSigned && Base10000.IsNegative(word));
            rows.Append((byte)'"');
        }

        return isRead;
    }

    private static bool TryWriteText(ref AbiCursor cursor, CopyRows rows)
    {
        bool isRead = cursor.TryBytes(out ReadOnlySpan<byte> text);
        StorableText.WriteJson(rows, text);
        return isRead;
    }

    private bool TryWriteBytes(ref AbiCursor cursor, CopyRows rows)
    {
        bool isRead = cursor.TryBytesOf(_type, out ReadOnlySpan<byte> bytes);
        rows.Append("\"0x"u8);
        rows.AppendHex(bytes);
        rows.Append((byte)'"');
        return isRead;
    }

    private static (byte[] Key, JsonValue Value)[] Members(IReadOnlyList<AbiParameter> components)
    {
        HashSet<string> taken = new(StringComparer.Ordinal);
        (byte[] Key, JsonValue Value)[] members = new (byte[], JsonValue)[components.Count];
        using CopyRows json = new();
        for (int index = 0; index < members.Length; index++)
        {
            string name = components[index].Name.Length > 0 ? components[index].Name : $"arg_{index}";
            while (!taken.Add(name))
            {
                name += "_";
            }

            int start = json.Length;
            json.Append(index == 0 ? (byte)'{' : (byte)',');
            StorableText.WriteJson(json, Encoding.UTF8.GetBytes(name));
            json.Append((byte)':');
            members[index] = (json.Tuples[start..].ToArray(), new JsonValue(components[index].Type));
        }

        return members;
    }
}
