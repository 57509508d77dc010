using System.Text.Json.Nodes;

namespace Gplusck.Indexer.Tests.Simulation.Node;

/// <summary>Changes a block's receipts so that they have another root.</summary>
internal static class ReceiptLies
{
    /// <summary>False when the lie would not change anything here.</summary>
    public static bool Tell(string kind, JsonArray receipts)
    {
        JsonArray[] logs = [.. receipts.Select(receipt => receipt!["logs"]!.AsArray())];
        JsonArray? some = logs.FirstOrDefault(list => list.Count > 0);
        return receipts.Count > 0 && kind switch
        {
            "dropped receipt" => Drop(receipts),
            "repeated receipt" => Repeat(receipts),
            "swapped receipts" => Swap(receipts, "cumulativeGasUsed"),
            "status" => Set(
                receipts[0]!, "status", receipts[0]!["status"]!.GetValue<string>() == "0x1" ? "0x0" : "0x1"),
            "gas" => Set(receipts[^1]!, "cumulativeGasUsed", "0x1234567"),
            "type" => Set(receipts[0]!, "type", receipts[0]!["type"]!.GetValue<string>() == "0x2" ? "0x1" : "0x2"),
            "invented log" => Invent(logs),
            _ => some is not null && TellLog(kind, some, logs),
        };
    }

    private static bool TellLog(string kind, JsonArray some, JsonArray[] logs)
    {
        JsonNode first = some[0]!;
        switch (kind)
        {
            case "dropped log":
                return Drop(some);
            case "repeated log":
                return Repeat(some);
            case "swapped logs":
                return logs.Any(list => Swap(list, "data"));
            case "moved log":
                some.RemoveAt(0);
                JsonArray? other = logs.FirstOrDefault(list => list != some);
                other?.Add(first);
                return other is not null;
            case "address":
                return Set(first, "address", Lies.Flip(first["address"]!.GetValue<string>()));
            case "data":
                return Set(first, "data", $"{first["data"]!.GetValue<string>()}01");
            default:
                JsonArray topics = first["topics"]!.AsArray();
                if (topics.Count == 0)
                {
                    return false;
                }

                if (kind == "dropped topic")
                {
                    return Drop(topics);
                }

                topics[^1] = Lies.Flip(topics[^1]!.GetValue<string>());
                return true;
        }
    }

    private static bool Drop(JsonArray list)
    {
        list.RemoveAt(list.Count / 2);
        return true;
    }

    private static bool Repeat(JsonArray list)
    {
        list.Add(list[0]!.DeepClone());
        return true;
    }

    private static bool Set(JsonNode owner, string name, string value)
    {
        owner[name] = value;
        return true;
    }

    private static bool Invent(JsonArray[] logs)
    {
        logs[^1].Add(new JsonObject
        {
            ["address"] = World.Contracts.Coin,
            ["topics"] = new JsonArray(),
            ["data"] = "0x",
            ["blockNumber"] = "0x1",
            ["blockHash"] = $"0x{new string('9', 64)}",
            ["transactionHash"] = $"0x{new string('9', 64)}",
            ["transactionIndex"] = "0x0",
            ["logIndex"] = "0x0",
            ["removed"] = false,
        });
        return true;
    }

    private static bool Swap(JsonArray list, string difference)
    {
        if (list.Count < 2 || list[0]![difference]!.GetValue<string>() == list[1]![difference]!.GetValue<string>())
        {
            return false;
        }

        JsonNode first = list[0]!;
        list.RemoveAt(0);
        list.Insert(1, first);
        return true;
    }
}
