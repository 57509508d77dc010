using System.Globalization;
using System.Text.Json;
using Gplusck.Indexer.Tests.Simulation.World;

namespace Gplusck.Indexer.Tests.Simulation.Node;

/// <summary>A node that stands at one block and tells the truth as it sees it.</summary>
internal sealed class NodeView(MovingChain chain, FakeBlock tip, int step, FaultPlan plan)
{
    private readonly FakeBlock[] _path = chain.PathTo(tip);

    public FakeBlock Tip => tip;

    public RpcAnswer Answer(RpcCall call) => call.Method switch
    {
        "eth_chainId" => new RpcAnswer("\"0x7a69\""),
        "eth_blockNumber" => new RpcAnswer($"\"{BlockJson.Quantity(tip.Number)}\""),
        "eth_getBlockByNumber" or "eth_getBlockByHash" => Of(BlockOf(call), block => block.HeaderJson),
        "eth_getBlockReceipts" => Of(BlockOf(call), block => block.ReceiptsJson),
        "eth_getTransactionReceipt" => Receipt(call.Arguments[0].GetString()!),
        "eth_getLogs" => Logs(call.Arguments[0]),
        _ => RpcAnswer.Error(-32601, $"the method {call.Method} does not exist"),
    };

    /// <summary>The block that a call is about, if it is about one and the node has it.</summary>
    public FakeBlock? BlockOf(RpcCall call) => call.Method switch
    {
        "eth_getBlockByNumber" or "eth_getBlockByHash" or "eth_getBlockReceipts" => Find(call.Arguments[0]),
        _ => null,
    };

    private static RpcAnswer Of(FakeBlock? block, Func<FakeBlock, string> json) =>
        block is null ? RpcAnswer.Null : new RpcAnswer(json(block));

    private FakeBlock? Find(JsonElement tag) =>
        tag.ValueKind == JsonValueKind.Object
            ? Find(tag.TryGetProperty("blockHash", out JsonElement hash) ? hash : tag.GetProperty("blockNumber"))
            : Find(tag.GetString()!);

    private FakeBlock? Find(string tag)
    {
        switch (tag)
        {
            case "latest" or "pending":
                return tip;
            case "earliest":
                return _path[0];
            case "safe" or "finalized":
                return chain.Finalized(step) is FakeBlock last && last.Number < tip.Number ? last : tip;
            case { Length: 66 }:
                return chain.Script.Blocks.GetValueOrDefault(tag);
            default:
                int number = int.Parse(tag.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                return number < _path.Length ? _path[number] : null;
        }
    }

    private RpcAnswer Receipt(string hash)
    {
        foreach (FakeBlock block in _path)
        {
            int position = Array.FindIndex(block.Transactions, transaction => transaction.Hash == hash);
            if (position >= 0)
            {
                return new RpcAnswer(BlockJson.Receipt(block, position));
            }
        }

        return RpcAnswer.Null;
    }

    private RpcAnswer Logs(JsonElement filter)
    {
        FakeBlock[] blocks;
        if (filter.TryGetProperty("blockHash", out JsonElement hash))
        {
            if (Find(hash) is not FakeBlock block)
            {
                return RpcAnswer.Error(-32000, "unknown block");
            }

            blocks = [block];
        }
        else
        {
            FakeBlock? last = Find(filter.GetProperty("toBlock"));
            if (last is null || Find(filter.GetProperty("fromBlock")) is not FakeBlock first)
            {
                return RpcAnswer.Error(-32602, "block range extends beyond current head block");
            }

            if (last.Number - first.Number >= plan.LogBlocksMax)
            {
                return RpcAnswer.Error(-32000, $"block range too large: at most {plan.LogBlocksMax} blocks");
            }

            blocks = _path[first.Number..(last.Number + 1)];
        }

        LogQuery query = new(filter);
        PlacedLog[] logs = [.. blocks.SelectMany(block => block.PlacedLogs()).Where(log => query.Matches(log.Log))];
        return logs.Length > plan.LogsMax && blocks.Length > 1
            ? RpcAnswer.Error(-32005, "query returned more than "
                + $"{plan.LogsMax} results. Try with this block range [{BlockJson.Quantity(blocks[0].Number)}, "
                + $"{BlockJson.Quantity(blocks[blocks.Length / 2].Number)}].")
            : new RpcAnswer($"[{string.Join(',', logs.Select(log => BlockJson.Log(log, removed: false)))}]");
    }
}
