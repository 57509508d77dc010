using System.Buffers.Binary;
using Gplusck.Chain.Abi;
using Gplusck.Indexer.Schema;

namespace Gplusck.Indexer.Decoding;

/// <summary>Writes one input of an event as a field of its row.</summary>
internal sealed class InputField
{
    // jsonb's binary form is this byte and then the text.
    private const byte JsonbVersion = 1;

    private readonly ColumnKind _column;
    private readonly AbiType _type;
    private readonly bool _isHashed;
    private readonly bool _isSigned;
    private readonly int _padding;
    private readonly JsonValue? _json;

    public InputField(AbiParameter input, EventColumn column)
    {
        _column = column.Kind;
        _type = input.Type;
        _isHashed = input.IsHashed;
        _isSigned = _type.Kind == AbiKind.SignedInteger;
        _padding = AbiType.WordBytes - (_type.Size / 8);
        _json = _column == ColumnKind.Json ? new JsonValue(_type) : null;
        IsTopic = input.Indexed;
    }

    /// <summary>Whether the input is read from the topics.</summary>
    public bool IsTopic { get; }

    /// <summary>Writes the value at the cursor; false when it is no encoding of the input.</summary>
    public bool TryWrite(ref AbiCursor cursor, CopyRows rows) => _column switch
    {
        ColumnKind.Bytes => TryWriteBytes(ref cursor, rows),
        ColumnKind.Numeric or ColumnKind.Bigint => TryWriteInteger(ref cursor, rows),
        ColumnKind.Boolean => TryWriteBool(ref cursor, rows),
        ColumnKind.Text => TryWriteText(ref cursor, rows),
        _ => TryWriteJson(ref cursor, rows),
    };

    private bool TryWriteBytes(ref AbiCursor cursor, CopyRows rows)
    {
        bool isRead = _isHashed
            ? cursor.TryWord(out ReadOnlySpan<byte> bytes)
            : cursor.TryBytesOf(_type, out bytes);
        if (isRead)
        {
            rows.Bytea(bytes);
        }

        return isRead;
    }

    private bool TryWriteInteger(ref AbiCursor cursor, CopyRows rows)
    {
        bool isRead = _isSigned
            ? cursor.TrySigned(_padding, _type.Name, out ReadOnlySpan<byte> word)
            : cursor.TryLeftPadded(_padding, _type.Name, out word);
        if (!isRead)
        {
            return false;
        }

        if (_column == ColumnKind.Bigint)
        {
            rows.Bigint(BinaryPrimitives.ReadInt64BigEndian(word[^sizeof(long)..]));
        }
        else
        {
            Base10000.WriteNumeric(rows, word, _isSigned && Base10000.IsNegative(word));
        }

        return true;
    }

    private static bool TryWriteBool(ref AbiCursor cursor, CopyRows rows)
    {
        bool isRead = cursor.TryBool(out bool value);
        rows.Field(1)[0] = value ? (byte)1 : (byte)0;
        return isRead;
    }

    private static bool TryWriteText(ref AbiCursor cursor, CopyRows rows)
    {
        bool isRead = cursor.TryBytes(out ReadOnlySpan<byte> text);
        StorableText.Write(rows, text);
        return isRead;
    }

    private bool TryWriteJson(ref AbiCursor cursor, CopyRows rows)
    {
        int field = rows.BeginField();
        rows.Append(JsonbVersion);
        bool isWritten = _json!.TryWrite(ref cursor, rows);
        rows.EndField(field);
        return isWritten;
    }
}
