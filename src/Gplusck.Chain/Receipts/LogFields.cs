using Gplusck.Chain.Primitives;
using Gplusck.Chain.Rpc;

namespace Gplusck.Chain.Receipts;

/// <summary>The fields of one log in an answer: its content decoded, its data still as text.</summary>
internal ref struct LogFields
{
    private const int AddressBytes = Primitives.Address.Length;

    private readonly byte[] _content;
    private int _topicCount;
    private bool _hasAddress;
    private bool _hasTopics;
    private bool _hasData;

    /// <param name="content">Scratch of <see cref="ContentBytes"/> bytes.</param>
    public LogFields(byte[] content) => _content = content;

    /// <summary>Bytes of an address and four topics.</summary>
    public const int ContentBytes = AddressBytes + (PackedReceipts.TopicsMax * Hash32.Length);

    public readonly ReadOnlySpan<byte> Address => _content.AsSpan(0, AddressBytes);

    public readonly ReadOnlySpan<byte> Topics => _content.AsSpan(AddressBytes, _topicCount * Hash32.Length);

    public ReadOnlySpan<byte> Data { get; private set; }

    public ReadOnlySpan<byte> BlockNumber { get; private set; }

    public ReadOnlySpan<byte> BlockHash { get; private set; }

    public ReadOnlySpan<byte> TransactionHash { get; private set; }

    public ReadOnlySpan<byte> TransactionIndex { get; private set; }

    public ReadOnlySpan<byte> LogIndex { get; private set; }

    public bool Removed { get; private set; }

    /// <summary>Reads the object at the cursor.</summary>
    public void Read(ref JsonCursor cursor)
    {
        cursor.EnterObject();
        while (cursor.NextProperty(out ReadOnlySpan<byte> name))
        {
            if (name.SequenceEqual("data"u8))
            {
                Data = cursor.String();
                _hasData = true;
            }
            else if (name.SequenceEqual("topics"u8))
            {
                ReadTopics(ref cursor);
            }
            else if (name.SequenceEqual("address"u8))
            {
                HexField.Fill(cursor.String(), _content.AsSpan(0, AddressBytes), "address");
                _hasAddress = true;
            }
            else
            {
                ReadPlace(ref cursor, name);
            }
        }

        if (!_hasAddress || !_hasTopics || !_hasData)
        {
            throw AnswerFields.Wrong(_hasAddress ? _hasTopics ? "data" : "topics" : "address");
        }
    }

    private void ReadPlace(ref JsonCursor cursor, ReadOnlySpan<byte> name)
    {
        ReadOnlySpan<byte> value = cursor.SkipValue();
        ReadOnlySpan<byte> text = value is [(byte)'"', .., (byte)'"'] ? value[1..^1] : default;
        if (name.SequenceEqual("blockNumber"u8))
        {
            BlockNumber = text;
        }
        else if (name.SequenceEqual("blockHash"u8))
        {
            BlockHash = text;
        }
        else if (name.SequenceEqual("transactionHash"u8))
        {
            TransactionHash = text;
        }
        else if (name.SequenceEqual("transactionIndex"u8))
        {
            TransactionIndex = text;
        }
        else if (name.SequenceEqual("logIndex"u8))
        {
            LogIndex = text;
        }
        else if (name.SequenceEqual("removed"u8))
        {
            Removed = value.SequenceEqual("true"u8);
        }
    }

    private void ReadTopics(ref JsonCursor cursor)
    {
        _hasTopics = true;
        _topicCount = 0;
        cursor.EnterArray();
        while (cursor.NextItem())
        {
            if (_topicCount == PackedReceipts.TopicsMax)
            {
                throw AnswerFields.Wrong("topics");
            }

            Span<byte> topic = _content.AsSpan(AddressBytes + (_topicCount++ * Hash32.Length), Hash32.Length);
            HexField.Fill(cursor.String(), topic, "topics");
        }
    }
}
