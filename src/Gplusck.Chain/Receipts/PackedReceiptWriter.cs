using System.Buffers;
using System.Buffers.Binary;
using Gplusck.Chain.Primitives;

namespace Gplusck.Chain.Receipts;

/// <summary>Writes <see cref="PackedReceipts">packed receipts</see> into one pooled buffer, several blocks if need be.
/// </summary>
/// <remarks>
/// The caller gives a receipt's head, then its logs; indices are counted here from the start of the block. Not safe for
/// several threads.
/// </remarks>
public sealed class PackedReceiptWriter : IDisposable
{
    private const int LogCountOffset = 50;
    private const int FirstBytes = 64 * 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstBytes);
    private int _receiptStart;
    private int _nextTransactionIndex;
    private int _nextLogIndex;

    /// <summary>Where scanners put an address and topics before they add them.</summary>
    internal byte[] Scratch { get; } = new byte[LogFields.ContentBytes];

    /// <summary>Bytes written so far.</summary>
    public int Length { get; private set; }

    /// <summary>What was written, valid until the next write or <see cref="Dispose"/>.</summary>
    public ReadOnlyMemory<byte> Written => _buffer.AsMemory(0, Length);

    /// <summary>Begins a block: indices count from 0 again.</summary>
    public void BeginBlock() => _nextTransactionIndex = _nextLogIndex = 0;

    /// <summary>Begins the next receipt of the block.</summary>
    /// <param name="type">The type of EIP-2718.</param>
    /// <param name="succeeded">Ignored when there is a state root.</param>
    /// <param name="cumulativeGasUsed">Gas of the block up to and with it.</param>
    /// <param name="transactionHash">32 bytes.</param>
    /// <param name="stateRoot">32 bytes in blocks before Byzantium, otherwise empty.</param>
    public void BeginReceipt(
        byte type, bool succeeded, ulong cumulativeGasUsed, ReadOnlySpan<byte> transactionHash,
        ReadOnlySpan<byte> stateRoot) =>
        BeginReceipt(
            type, succeeded, cumulativeGasUsed, transactionHash, stateRoot, _nextTransactionIndex++, _nextLogIndex);

    /// <summary>Adds a log to the receipt begun last.</summary>
    /// <param name="address">20 bytes.</param>
    /// <param name="topics">At most four of 32 bytes, one behind the other.</param>
    /// <param name="data">Any bytes.</param>
    public void AddLog(ReadOnlySpan<byte> address, ReadOnlySpan<byte> topics, ReadOnlySpan<byte> data)
    {
        Span<byte> rest = BeginLog(address, topics, data.Length);
        data.CopyTo(rest);
    }

    /// <summary>Adds a log whose data the caller fills in at once, such as from hexadecimal digits.</summary>
    /// <returns>The place for the data, <paramref name="dataLength"/> bytes, valid until the next write.</returns>
    public Span<byte> BeginLog(ReadOnlySpan<byte> address, ReadOnlySpan<byte> topics, int dataLength)
    {
        Span<byte> log = Grow(PackedReceipts.LogHeadBytes + topics.Length + dataLength);
        BinaryPrimitives.WriteInt32LittleEndian(log, dataLength);
        log[4] = (byte)(topics.Length / Hash32.Length);
        address.CopyTo(log[5..]);
        topics.CopyTo(log[PackedReceipts.LogHeadBytes..]);
        Span<byte> count = _buffer.AsSpan(_receiptStart + LogCountOffset);
        BinaryPrimitives.WriteInt32LittleEndian(count, BinaryPrimitives.ReadInt32LittleEndian(count) + 1);
        _nextLogIndex++;
        return log[(PackedReceipts.LogHeadBytes + topics.Length)..];
    }

    /// <summary>Adds a log that no receipt proves, at the place in the block that the node names.</summary>
    /// <returns>The place for the data, <paramref name="dataLength"/> bytes, valid until the next write.</returns>
    public Span<byte> BeginBelievedLog(
        ReadOnlySpan<byte> address, ReadOnlySpan<byte> topics, int dataLength,
        ReadOnlySpan<byte> transactionHash, int transactionIndex, int logIndex)
    {
        BeginReceipt(PackedReceipts.BelievedLog, true, 0, transactionHash, [], transactionIndex, logIndex);
        return BeginLog(address, topics, dataLength);
    }

    /// <summary>Forgets what was written and keeps the buffer.</summary>
    public void Clear()
    {
        Length = 0;
        BeginBlock();
    }

    /// <summary>Gives the buffer back.</summary>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        Length = 0;
    }

    private void BeginReceipt(
        byte type, bool succeeded, ulong cumulativeGasUsed, ReadOnlySpan<byte> transactionHash,
        ReadOnlySpan<byte> stateRoot, int transactionIndex, int firstLogIndex)
    {
        _receiptStart = Length;
        Span<byte> head = Grow(PackedReceipts.ReceiptHeadBytes + stateRoot.Length);
        head[0] = type;
        head[1] = stateRoot.Length > 0 ? PackedReceipts.WithStateRoot : succeeded ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt32LittleEndian(head[2..], transactionIndex);
        BinaryPrimitives.WriteInt32LittleEndian(head[6..], firstLogIndex);
        BinaryPrimitives.WriteUInt64LittleEndian(head[10..], cumulativeGasUsed);
        transactionHash.CopyTo(head[18..]);
        BinaryPrimitives.WriteInt32LittleEndian(head[LogCountOffset..], 0);
        stateRoot.CopyTo(head[PackedReceipts.ReceiptHeadBytes..]);
    }

    private Span<byte> Grow(int bytes)
    {
        int needed = checked(Length + bytes);
        if (needed > _buffer.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(Array.MaxLength, Math.Max(needed, 2L * Length)));
            _buffer.AsSpan(0, Length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        Span<byte> grown = _buffer.AsSpan(Length, bytes);
        Length = needed;
        return grown;
    }
}
