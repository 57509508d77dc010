using Gplusck.Chain.Primitives;
using Gplusck.Chain.Rpc;

namespace Gplusck.Chain.Receipts;

/// <summary>Packs receipts and logs straight from the bytes of a node's answer; no object per log.</summary>
/// <remarks>
/// Where a receipt or log stands in its block is counted, not believed; a root over the packed receipts shows whether
/// the count is right. Fields that are not packed are passed over. What is absent or malformed is an
/// <see cref="InvalidAnswerException"/>.
/// </remarks>
public static class ReceiptScanner
{
    /// <summary>Packs the result of <c>eth_getBlockReceipts</c> behind what the writer holds.</summary>
    /// <returns>False when the result is null: the node has no such block.</returns>
    public static bool TryPackBlock(ReadOnlySpan<byte> result, PackedReceiptWriter receipts)
    {
        ArgumentNullException.ThrowIfNull(receipts);
        JsonCursor cursor = new(result);
        if (cursor.AtNull)
        {
            return false;
        }

        receipts.BeginBlock();
        cursor.EnterArray();
        while (cursor.NextItem())
        {
            Pack(ref cursor, receipts);
        }

        return true;
    }

    /// <summary>Packs the result of one <c>eth_getTransactionReceipt</c> as the block's next receipt.</summary>
    /// <returns>False when the result is null: the node has no such receipt.</returns>
    public static bool TryPackReceipt(ReadOnlySpan<byte> result, PackedReceiptWriter receipts)
    {
        ArgumentNullException.ThrowIfNull(receipts);
        JsonCursor cursor = new(result);
        if (cursor.AtNull)
        {
            return false;
        }

        Pack(ref cursor, receipts);
        return true;
    }

    private static void Pack(ref JsonCursor cursor, PackedReceiptWriter receipts)
    {
        Span<byte> transactionHash = stackalloc byte[Hash32.Length];
        Span<byte> stateRoot = stackalloc byte[Hash32.Length];
        ReadOnlySpan<byte> logs = default;
        bool hasTransaction = false, hasStatus = false, hasRoot = false, hasGas = false, succeeded = false;
        ulong cumulativeGas = 0, type = 0;
        cursor.EnterObject();
        while (cursor.NextProperty(out ReadOnlySpan<byte> name))
        {
            if (cursor.AtNull)
            {
                cursor.SkipValue();
            }
            else if (name.SequenceEqual("logs"u8))
            {
                logs = cursor.SkipValue();
            }
            else if (name.SequenceEqual("transactionHash"u8))
            {
                HexField.Fill(cursor.String(), transactionHash, "transactionHash");
                hasTransaction = true;
            }
            else if (name.SequenceEqual("cumulativeGasUsed"u8))
            {
                cumulativeGas = HexField.UInt64(cursor.String(), "cumulativeGasUsed");
                hasGas = true;
            }
            else if (name.SequenceEqual("status"u8))
            {
                succeeded = Status(cursor.String());
                hasStatus = true;
            }
            else if (name.SequenceEqual("type"u8))
            {
                type = HexField.UInt64(cursor.String(), "type");
            }
            else if (name.SequenceEqual("root"u8) && cursor.String() is { Length: 2 + (2 * Hash32.Length) } root)
            {
                HexField.Fill(root, stateRoot, "root");
                hasRoot = true;
            }
            else if (!name.SequenceEqual("root"u8))
            {
                cursor.SkipValue();
            }
        }

        Require(hasTransaction, "transactionHash");
        Require(hasGas, "cumulativeGasUsed");
        Require(hasStatus || hasRoot, "status");
        Require(type < PackedReceipts.BelievedLog, "type");
        Require(!logs.IsEmpty, "logs");
        receipts.BeginReceipt(
            (byte)type, succeeded, cumulativeGas, transactionHash, hasStatus ? default : stateRoot);
        PackLogs(logs, receipts);
    }

    private static void PackLogs(ReadOnlySpan<byte> logs, PackedReceiptWriter receipts)
    {
        JsonCursor cursor = new(logs);
        cursor.EnterArray();
        while (cursor.NextItem())
        {
            LogFields log = new(receipts.Scratch);
            log.Read(ref cursor);
            Span<byte> data = receipts.BeginLog(log.Address, log.Topics, HexField.ByteCount(log.Data, "data"));
            HexField.Fill(log.Data, data, "data");
        }
    }

    private static bool Status(ReadOnlySpan<byte> text) => HexField.UInt64(text, "status") switch
    {
        0 => false,
        1 => true,
        _ => throw AnswerFields.Wrong("status"),
    };

    private static void Require(bool present, string name)
    {
        if (!present)
        {
            throw AnswerFields.Wrong(name);
        }
    }
}
