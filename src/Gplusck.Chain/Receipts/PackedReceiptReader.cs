using System.Buffers.Binary;
using Gplusck.Chain.Primitives;

namespace Gplusck.Chain.Receipts;

/// <summary>Walks <see cref="PackedReceipts">packed receipts</see> without copying or allocating.</summary>
/// <remarks>
/// Call <see cref="NextReceipt"/>, then <see cref="NextLog"/> for its logs; or <see cref="NextLogOfBlock"/> alone for
/// every log of the block. What is malformed is an <see cref="InvalidDataException"/>: our own writer wrote it.
/// </remarks>
public ref struct PackedReceiptReader
{
    private readonly ReadOnlySpan<byte> _packed;
    private int _position;
    private int _logsLeft;
    private int _nextLogIndex;

    /// <summary>Starts before the first receipt.</summary>
    public PackedReceiptReader(ReadOnlySpan<byte> packed) => _packed = packed;

    /// <summary>Type of EIP-2718; 0 is legacy, <see cref="PackedReceipts.BelievedLog"/> no receipt.</summary>
    public byte Type { get; private set; }

    /// <summary>False when the transaction reverted, and when <see cref="StateRoot"/> stands in its place.</summary>
    public bool Succeeded { get; private set; }

    /// <summary>State after it, 32 bytes, in blocks before Byzantium; otherwise empty.</summary>
    public ReadOnlySpan<byte> StateRoot { get; private set; }

    /// <summary>Gas used by the block up to and with this transaction.</summary>
    public ulong CumulativeGasUsed { get; private set; }

    /// <summary>32 bytes.</summary>
    public ReadOnlySpan<byte> TransactionHash { get; private set; }

    /// <summary>Position in the block.</summary>
    public int TransactionIndex { get; private set; }

    /// <summary>How many logs it has.</summary>
    public int LogCount { get; private set; }

    /// <summary>Goes to the next receipt, past the logs of this one; false when there is none.</summary>
    public bool NextReceipt()
    {
        while (NextLog(out _))
        {
        }

        if (_position == _packed.Length)
        {
            return false;
        }

        ReadOnlySpan<byte> head = Take(PackedReceipts.ReceiptHeadBytes);
        Type = head[0];
        Succeeded = head[1] == 1;
        TransactionIndex = BinaryPrimitives.ReadInt32LittleEndian(head[2..]);
        _nextLogIndex = BinaryPrimitives.ReadInt32LittleEndian(head[6..]);
        CumulativeGasUsed = BinaryPrimitives.ReadUInt64LittleEndian(head[10..]);
        TransactionHash = head.Slice(18, Hash32.Length);
        LogCount = _logsLeft = BinaryPrimitives.ReadInt32LittleEndian(head[50..]);
        StateRoot = head[1] == PackedReceipts.WithStateRoot ? Take(Hash32.Length) : [];
        return true;
    }

    /// <summary>The next log of this receipt; false when there is none.</summary>
    public bool NextLog(out PackedLog log)
    {
        if (_logsLeft == 0)
        {
            log = default;
            return false;
        }

        _logsLeft--;
        ReadOnlySpan<byte> head = Take(PackedReceipts.LogHeadBytes);
        log = new PackedLog
        {
            Address = head.Slice(5, Address.Length),
            Topics = Take(head[4] * Hash32.Length),
            Data = Take(BinaryPrimitives.ReadInt32LittleEndian(head)),
            TransactionHash = TransactionHash,
            TransactionIndex = TransactionIndex,
            LogIndex = _nextLogIndex++,
        };
        return true;
    }

    /// <summary>The next log of the block, whatever receipt it is of; false when there is none.</summary>
    public bool NextLogOfBlock(out PackedLog log)
    {
        while (!NextLog(out log))
        {
            if (!NextReceipt())
            {
                return false;
            }
        }

        return true;
    }

    private ReadOnlySpan<byte> Take(int bytes)
    {
        if (bytes < 0 || bytes > _packed.Length - _position)
        {
            throw new InvalidDataException("The packed receipts are cut short.");
        }

        ReadOnlySpan<byte> taken = _packed.Slice(_position, bytes);
        _position += bytes;
        return taken;
    }
}
