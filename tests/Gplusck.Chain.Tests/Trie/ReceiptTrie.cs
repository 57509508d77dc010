using Gplusck.Chain.Primitives;
using Gplusck.Chain.Rlp;
using Gplusck.Chain.Rpc;
using Gplusck.Chain.Trie;

namespace Gplusck.Chain.Tests.Trie;

/// <summary>The receipts root by another way than the product: over objects, with the RLP writer.</summary>
internal static class ReceiptTrie
{
    private const int LegacyType = 0;

    /// <summary>The root over the receipts of one block, in the order of its transactions.</summary>
    /// <remarks>Each receipt's bloom is recomputed from its logs; what the node says of it is not trusted.</remarks>
    public static Hash32 RootOf(IReadOnlyList<TransactionReceipt> receipts)
    {
        ArgumentNullException.ThrowIfNull(receipts);
        return OrderedTrie.RootOf([.. receipts.Select(Encode)]);
    }

    /// <summary>A receipt as consensus stores it: its type unless it is the legacy one, then RLP (EIP-2718).</summary>
    public static byte[] Encode(TransactionReceipt receipt)
    {
        ArgumentNullException.ThrowIfNull(receipt);
        RlpWriter writer = new();
        if (receipt.Type != LegacyType)
        {
            writer.WriteEncoded([receipt.Type]);
        }

        writer.StartList();
        if (receipt.StateRoot is Hash32 root)
        {
            writer.Write(root);
        }
        else
        {
            writer.Write(receipt.Succeeded ? 1UL : 0UL);
        }

        writer.Write(receipt.CumulativeGasUsed);
        writer.Write(LogsBloom.Of(receipt.Logs).Bytes);
        writer.StartList();
        foreach (LogEntry log in receipt.Logs)
        {
            Write(writer, log);
        }

        writer.EndList();
        writer.EndList();
        return writer.ToArray();
    }

    private static void Write(RlpWriter writer, LogEntry log)
    {
        writer.StartList();
        writer.Write(log.Address);
        writer.StartList();
        foreach (Hash32 topic in log.Topics)
        {
            writer.Write(topic);
        }

        writer.EndList();
        writer.Write(log.Data);
        writer.EndList();
    }
}
