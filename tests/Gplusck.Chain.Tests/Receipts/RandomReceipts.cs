using System.Text.Json.Nodes;
using Gplusck.Chain.Primitives;

namespace Gplusck.Chain.Tests.Receipts;

/// <summary>Receipts of blocks that no chain has, as a node would answer them and as objects read from that answer.
/// </summary>
internal static class RandomReceipts
{
    public static JsonArray Block(RandomValues random, int receiptsMax = 40)
    {
        long number = random.Next(1 << 20);
        Hash32 block = random.Hash();
        JsonArray receipts = [];
        int logIndex = 0;
        for (int count = random.Next(receiptsMax), index = 0; index < count; index++)
        {
            Hash32 transaction = random.Hash();
            JsonArray logs = [];
            for (int left = random.Next(5); left > 0; left--)
            {
                logs.Add(Log(random, number, block, transaction, index, logIndex++));
            }

            receipts.Add(Receipt(random, number, block, transaction, index, logs));
        }

        return receipts;
    }

    private static JsonObject Receipt(
        RandomValues random, long number, Hash32 block, Hash32 transaction, int index, JsonArray logs)
    {
        JsonObject receipt = new()
        {
            ["blockHash"] = $"{block}",
            ["transactionHash"] = $"{transaction}",
            ["logsBloom"] = $"0x{new string('0', 512)}",
            ["gasUsed"] = "0x5208",
            ["blockNumber"] = $"0x{number:x}",
            ["contractAddress"] = null,
            ["cumulativeGasUsed"] = $"0x{random.Integer(63):x}".Replace("0x0", "0x", StringComparison.Ordinal),
            ["from"] = $"{random.Address()}",
            ["logs"] = logs,
            ["to"] = random.Next(2) == 0 ? null : $"{random.Address()}",
            ["transactionIndex"] = $"0x{index:x}",
            ["unknown"] = new JsonArray("}]\"", 1.5, new JsonObject { ["logs"] = "no" }),
        };
        if (receipt["cumulativeGasUsed"]!.GetValue<string>() == "0x")
        {
            receipt["cumulativeGasUsed"] = "0x0";
        }

        if (random.Next(4) == 0)
        {
            receipt["root"] = $"{random.Hash()}";
        }
        else
        {
            receipt["status"] = random.Next(2) == 0 ? "0x0" : "0x1";
            receipt["type"] = $"0x{random.Next(5):x}";
        }

        return receipt;
    }

    private static JsonObject Log(
        RandomValues random, long number, Hash32 block, Hash32 transaction, int index, int logIndex) => new()
        {
            ["address"] = $"{random.Address()}",
            ["topics"] = new JsonArray([.. Enumerable.Range(0, random.Next(5))
                .Select(_ => (JsonNode)$"{random.Hash()}")]),
            ["data"] = Hex.ToHex(random.Bytes(random.Next(10) == 0 ? random.Next(5_000) : random.Next(3))),
            ["blockNumber"] = $"0x{number:x}",
            ["blockHash"] = $"{block}",
            ["transactionHash"] = $"{transaction}",
            ["transactionIndex"] = $"0x{index:x}",
            ["logIndex"] = $"0x{logIndex:x}",
            ["removed"] = false,
        };
}
