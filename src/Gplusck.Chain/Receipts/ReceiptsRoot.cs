using System.Buffers.Binary;
using System.Numerics;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Trie;

namespace Gplusck.Chain.Receipts;

/// <summary>Computes receipts roots over packed receipts: proof that no log is missing, made up, changed or moved.
/// </summary>
/// <remarks>
/// Each receipt is encoded as consensus stores it: its type unless it is the legacy one, then RLP (EIP-2718). Its bloom
/// is recomputed from its logs. Holds what it remembers of earlier blocks, so use one again; not safe for several
/// threads.
/// </remarks>
public sealed class ReceiptsRoot
{
    private const int ShortLengthMax = 55;
    private const byte StringOffset = 0x80;
    private const byte ListOffset = 0xC0;
    private const int AddressRlpBytes = 1 + Address.Length;
    private const int TopicRlpBytes = 1 + Hash32.Length;
    private const int BloomRlpBytes = 3 + LogsBloom.Length;

    private readonly BloomMemo _memo = new();
    private readonly List<byte[]> _encoded = [];

    /// <summary>The root over the receipts of one block.</summary>
    /// <param name="packed">The block's receipts.</param>
    /// <param name="failureAsByte">Encode a failure as the byte 0, as ganache does, instead of RLP's empty string. It
    /// binds the receipts no less: no two blocks encode to the same bytes.</param>
    /// <exception cref="ArgumentException">They are believed logs: nothing to compute a root over.</exception>
    public Hash32 Of(ReadOnlySpan<byte> packed, bool failureAsByte = false)
    {
        _encoded.Clear();
        PackedReceiptReader sizes = new(packed);
        PackedReceiptReader contents = new(packed);
        while (sizes.NextReceipt())
        {
            if (sizes.Type == PackedReceipts.BelievedLog)
            {
                throw new ArgumentException("Logs without their receipts have no root.", nameof(packed));
            }

            contents.NextReceipt();
            _encoded.Add(Encode(ref sizes, ref contents, failureAsByte ? (byte)0 : StringOffset));
        }

        return OrderedTrie.RootOf(_encoded);
    }

    private byte[] Encode(ref PackedReceiptReader sizes, ref PackedReceiptReader contents, byte failure)
    {
        int logsPayload = 0;
        while (sizes.NextLog(out PackedLog log))
        {
            logsPayload += ListBytes(LogPayload(log));
        }

        int outcome = contents.StateRoot.IsEmpty ? 1 : TopicRlpBytes;
        int gas = IntegerBytes(contents.CumulativeGasUsed);
        int payload = outcome + gas + BloomRlpBytes + ListBytes(logsPayload);
        int typeBytes = contents.Type == 0 ? 0 : 1;
        byte[] encoded = new byte[typeBytes + ListBytes(payload)];
        encoded[0] = contents.Type;
        Span<byte> rest = Head(encoded.AsSpan(typeBytes), payload, ListOffset);
        if (contents.StateRoot.IsEmpty)
        {
            rest[0] = contents.Succeeded ? (byte)1 : failure;
            rest = rest[1..];
        }
        else
        {
            rest = Bytes(rest, contents.StateRoot);
        }

        rest = Integer(rest, contents.CumulativeGasUsed);
        rest = Head(rest, LogsBloom.Length, StringOffset);
        Span<byte> bloom = rest[..LogsBloom.Length];
        rest = Head(rest[LogsBloom.Length..], logsPayload, ListOffset);
        while (contents.NextLog(out PackedLog log))
        {
            _memo.Add(log.Address, bloom);
            rest = Head(rest, LogPayload(log), ListOffset);
            rest = Bytes(rest, log.Address);
            rest = Head(rest, log.TopicCount * TopicRlpBytes, ListOffset);
            for (int position = 0; position < log.TopicCount; position++)
            {
                _memo.Add(log.Topic(position), bloom);
                rest = Bytes(rest, log.Topic(position));
            }

            rest = Bytes(rest, log.Data);
        }

        return encoded;
    }

    private static int LogPayload(in PackedLog log) =>
        AddressRlpBytes + ListBytes(log.TopicCount * TopicRlpBytes)
        + (log.Data.Length == 1 && log.Data[0] < StringOffset ? 1 : ListBytes(log.Data.Length));

    private static int ListBytes(int payload) =>
        payload <= ShortLengthMax ? 1 + payload : 1 + BytesOf((uint)payload) + payload;

    private static int IntegerBytes(ulong value) => value < StringOffset ? 1 : 1 + BytesOf(value);

    private static int BytesOf(ulong value) => sizeof(ulong) - (BitOperations.LeadingZeroCount(value) / 8);

    private static Span<byte> Head(Span<byte> rest, int length, byte offset)
    {
        if (length <= ShortLengthMax)
        {
            rest[0] = (byte)(offset + length);
            return rest[1..];
        }

        int bytes = BytesOf((uint)length);
        rest[0] = (byte)(offset + ShortLengthMax + bytes);
        return BigEndian(rest[1..], (uint)length, bytes);
    }

    private static Span<byte> Integer(Span<byte> rest, ulong value)
    {
        if (value is > 0 and < StringOffset)
        {
            rest[0] = (byte)value;
            return rest[1..];
        }

        int bytes = BytesOf(value);
        rest[0] = (byte)(StringOffset + bytes);
        return BigEndian(rest[1..], value, bytes);
    }

    private static Span<byte> BigEndian(Span<byte> rest, ulong value, int bytes)
    {
        Span<byte> whole = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(whole, value);
        whole[^bytes..].CopyTo(rest);
        return rest[bytes..];
    }

    private static Span<byte> Bytes(Span<byte> rest, ReadOnlySpan<byte> value)
    {
        if (value.Length == 1 && value[0] < StringOffset)
        {
            rest[0] = value[0];
            return rest[1..];
        }

        rest = Head(rest, value.Length, StringOffset);
        value.CopyTo(rest);
        return rest[value.Length..];
    }
}
