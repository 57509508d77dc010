using System.Numerics;

namespace Gplusck.Indexer.Tests.Simulation.World;

/// <summary>Blocks, receipts and logs as a node writes them.</summary>
internal static class BlockJson
{
    public static string Quantity(BigInteger value)
    {
        string digits = value.ToString("x", null).TrimStart('0');
        return digits.Length == 0 ? "0x0" : $"0x{digits}";
    }

    public static string Header(FakeBlock block) => Object(
        [
            ("hash", Text(block.Hash)),
            .. block.Fields.Select(field => (field.Name, Text(field.Json))),
            ("size", Text("0x21f")),
            ("uncles", "[]"),
            ("transactions", $"[{string.Join(',', block.Transactions.Select(item => Text(item.Hash)))}]"),
        ]);

    public static string Receipts(FakeBlock block) => $"[{string.Join(',', Enumerable
        .Range(0, block.Transactions.Length).Select(position => Receipt(block, position)))}]";

    public static string Receipt(FakeBlock block, int position)
    {
        FakeTransaction transaction = block.Transactions[position];
        IEnumerable<string> logs = block.PlacedLogs()
            .Where(log => log.TransactionIndex == position).Select(log => Log(log, removed: false));
        return Object(
            [
                ("transactionHash", Text(transaction.Hash)),
                ("transactionIndex", Text(Quantity(position))),
                ("blockHash", Text(block.Hash)),
                ("blockNumber", Text(Quantity(block.Number))),
                ("from", Text($"0x{new string('1', 40)}")),
                ("to", position % 3 == 0 ? "null" : Text($"0x{new string('2', 40)}")),
                ("contractAddress", "null"),
                ("cumulativeGasUsed", Text(Quantity(FakeTransaction.Gas * (position + 1)))),
                ("gasUsed", Text(Quantity(FakeTransaction.Gas))),
                ("effectiveGasPrice", Text("0x3b9aca00")),
                ("type", Text(Quantity(transaction.Type))),
                ("status", Text(transaction.Succeeded ? "0x1" : "0x0")),
                ("logsBloom", Text(FakeLog.Hex(SlowBloom.Of(transaction.Logs)))),
                ("logs", $"[{string.Join(',', logs)}]"),
            ]);
    }

    public static string Log(PlacedLog placed, bool removed) => Object(
        [
            ("address", Text(placed.Log.Address)),
            ("topics", $"[{string.Join(',', placed.Log.Topics.Select(Text))}]"),
            ("data", Text(FakeLog.Hex(placed.Log.Data))),
            ("blockNumber", Text(Quantity(placed.Block.Number))),
            ("blockHash", Text(placed.Block.Hash)),
            ("blockTimestamp", Text(Quantity(placed.Block.Timestamp))),
            ("transactionHash", Text(placed.Transaction.Hash)),
            ("transactionIndex", Text(Quantity(placed.TransactionIndex))),
            ("logIndex", Text(Quantity(placed.LogIndex))),
            ("removed", removed ? "true" : "false"),
        ]);

    private static string Text(string text) => $"\"{text}\"";

    private static string Object((string Name, string Json)[] fields) =>
        $"{{{string.Join(',', fields.Select(field => $"\"{field.Name}\":{field.Json}"))}}}";
}
