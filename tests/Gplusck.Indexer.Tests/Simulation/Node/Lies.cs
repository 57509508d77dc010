using System.Text.Json.Nodes;
using Gplusck.Indexer.Tests.Simulation.World;

namespace Gplusck.Indexer.Tests.Simulation.Node;

/// <summary>Turns true answers into untrue ones.</summary>
internal static class Lies
{
    public static readonly string[] Header =
    [
        "hash", "parentHash", "stateRoot", "transactionsRoot", "receiptsRoot", "logsBloom", "timestamp", "gasUsed",
        "miner", "mixHash", "nonce", "extraData", "cleared bloom", "claimed empty", "another block",
    ];

    public static readonly string[] Receipts =
    [
        "dropped log", "dropped receipt", "repeated log", "repeated receipt", "swapped logs", "swapped receipts",
        "invented log", "moved log", "data", "address", "topic", "dropped topic", "status", "gas", "type",
    ];

    /// <summary>What the kind makes of an honest answer about a block; null when it does not apply to it.</summary>
    public static string? Of(string kind, RpcCall call, FakeBlock block, string honest)
    {
        JsonNode answer = JsonNode.Parse(honest)!;
        bool told = call.Method == "eth_getBlockReceipts"
            ? ReceiptLies.Tell(kind, answer.AsArray())
            : TellHeader(kind, call, block, ref answer);
        return told ? answer.ToJsonString() : null;
    }

    /// <summary>
    /// Receipts whose fields outside the proof are untrue: the rows must be right, and nobody has to notice.
    /// </summary>
    public static string Idle(string receipts, int choice)
    {
        JsonArray answer = JsonNode.Parse(receipts)!.AsArray();
        foreach (JsonObject log in answer.SelectMany(receipt => receipt!["logs"]!.AsArray()).OfType<JsonObject>())
        {
            (string name, JsonNode value) = (choice % 4) switch
            {
                0 => ("logIndex", (JsonNode)"0x7"),
                1 => ("transactionIndex", "0x7"),
                2 => ("blockHash", $"0x{new string('9', 64)}"),
                _ => ("removed", true),
            };
            log[name] = value.DeepClone();
        }

        return answer.ToJsonString();
    }

    internal static string Flip(string hex) => hex[..^1] + (hex[^1] == '1' ? '2' : '1');

    private static bool TellHeader(string kind, RpcCall call, FakeBlock block, ref JsonNode answer)
    {
        string noBloom = $"0x{new string('0', 512)}";
        switch (kind)
        {
            case "another block":
                if (block.Parent is null || call.Arguments[0].GetString() is not { Length: < 66 } tag || tag[0] != '0')
                {
                    return false;
                }

                answer = JsonNode.Parse(block.Parent.HeaderJson)!;
                return true;
            case "cleared bloom":
                bool hadBits = answer["logsBloom"]!.GetValue<string>() != noBloom;
                answer["logsBloom"] = noBloom;
                return hadBits;
            case "claimed empty":
                answer["logsBloom"] = noBloom;
                answer["receiptsRoot"] = FakeBlock.EmptyRoot;
                return block.Transactions.Length > 0;
            default:
                string value = answer[kind]!.GetValue<string>();
                answer[kind] = Flip(value);
                return value.Length > 2;
        }
    }
}
