using System.Text.Json.Nodes;
using Gplusck.Indexer.Tests.Chain;

namespace Gplusck.Indexer.Tests;

/// <summary>What a node can say that is not so, and that the indexer must not believe.</summary>
public sealed class LyingNodeTests(MirroredToken token) : IClassFixture<MirroredToken>
{
    private const int LieAt = 6;

    public static TheoryData<string> ReceiptLies =>
    [
        "drop a log",
        "drop all logs", "drop a receipt", "swap two logs", "repeat a log", "change data", "change an address",
        "change a topic", "turn a success into a failure",
    ];

    public static TheoryData<string> HeaderLies =>
    [
        "parentHash", "stateRoot", "receiptsRoot", "timestamp", "gasUsed", "logsBloom", "miner", "hash",
    ];

    [Theory, Trait("Needs", "Anvil")]
    [MemberData(nameof(ReceiptLies))]
    public Task Receipts_that_are_not_those_of_the_header_are_named_and_not_committed(string lie) => AssertCaughtAsync(
        (method, arguments, result) =>
        {
            if (method == "eth_getBlockReceipts" && arguments[0]!.GetValue<string>() == $"0x{LieAt:x}")
            {
                Distort(result!.AsArray(), lie);
            }

            return result;
        },
        $"The receipts of block {LieAt} have the root");

    [Theory, Trait("Needs", "Anvil")]
    [MemberData(nameof(HeaderLies))]
    public Task A_header_with_a_changed_field_is_named_and_not_committed(string field) => AssertCaughtAsync(
        (method, arguments, result) =>
        {
            if (method == "eth_getBlockByNumber" && arguments[0]!.GetValue<string>() == $"0x{LieAt:x}")
            {
                result![field] = Flip(result[field]!.GetValue<string>());
            }

            return result;
        },
        $"The header of block {LieAt} hashes to");

    private async Task AssertCaughtAsync(Func<string, JsonArray, JsonNode?, JsonNode?> lie, string expected)
    {
        using TamperingHandler node = new() { Tamper = lie };
        await token.AssertCaughtAsync(node, LieAt, expected, TestContext.Current.CancellationToken);
    }

    private static void Distort(JsonArray receipts, string lie)
    {
        JsonArray logs = receipts[0]!["logs"]!.AsArray();
        switch (lie)
        {
            case "drop a log":
                logs.RemoveAt(1);
                break;
            case "drop all logs":
                logs.Clear();
                break;
            case "drop a receipt":
                receipts.RemoveAt(0);
                break;
            case "swap two logs":
                JsonNode first = logs[0]!;
                logs.RemoveAt(0);
                logs.Add(first);
                break;
            case "repeat a log":
                logs.Add(logs[0]!.DeepClone());
                break;
            case "turn a success into a failure":
                receipts[0]!["status"] = "0x0";
                break;
            case "change a topic":
                logs[0]!["topics"]![2] = Flip(logs[0]!["topics"]![2]!.GetValue<string>());
                break;
            default:
                string field = lie == "change data" ? "data" : "address";
                logs[0]![field] = Flip(logs[0]![field]!.GetValue<string>());
                break;
        }
    }

    private static string Flip(string hex) => hex[..^1] + (hex[^1] == '1' ? '2' : '1');
}
