using System.Net;
using System.Numerics;
using System.Text.Json;
using Gplusck.Chain.Primitives;

namespace Gplusck.Chain.Rpc;

/// <summary>The Ethereum methods of a node, in this project's types.</summary>
/// <remarks>
/// Errors are those of <see cref="JsonRpcClient"/>. An answer to another question than was asked (a wrong number or
/// hash) is an <see cref="InvalidAnswerException"/>; hashes are not recomputed here.
/// </remarks>
public sealed partial class EthereumClient(JsonRpcClient rpc)
{
    private static readonly HttpClient Http = new(
        new SocketsHttpHandler
        {
            AutomaticDecompression = DecompressionMethods.All,
            // A node behind a changing DNS name is found again.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        },
        disposeHandler: false)
    {
        // The client's own policy times each attempt.
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>The client underneath, for methods that are not here.</summary>
    public JsonRpcClient Rpc { get; } = rpc;

    /// <summary>A client of the node at <paramref name="url"/> over connections shared by the whole process.</summary>
    public static EthereumClient Connect(Uri url, TimeProvider time) =>
        new(new JsonRpcClient(Http, url, new JsonRpcOptions(), time));

    /// <summary>The chain's id (EIP-155).</summary>
    public async Task<long> ChainIdAsync(CancellationToken cancellationToken) =>
        (await Rpc.CallAsync("eth_chainId", [], cancellationToken)).AsInt64("chain id");

    /// <summary>Height of the newest block. Behind a load balancer it may go back.</summary>
    public async Task<long> BlockNumberAsync(CancellationToken cancellationToken) =>
        (await Rpc.CallAsync("eth_blockNumber", [], cancellationToken)).AsInt64("block number");

    /// <summary>A block's header, or null when the node has no such block.</summary>
    public async Task<BlockHeader?> GetBlockAsync(BlockTag block, CancellationToken cancellationToken)
    {
        string method = block.Hash is null ? "eth_getBlockByNumber" : "eth_getBlockByHash";
        JsonElement answer = await Rpc.CallAsync(method, [block.ToString(), false], cancellationToken);
        return answer.ValueKind == JsonValueKind.Null ? null : ReadBlock(answer, block);
    }

    /// <summary>The headers of these heights, in this order.</summary>
    /// <exception cref="InvalidAnswerException">The node has not all of them.</exception>
    public async Task<IReadOnlyList<BlockHeader>> GetBlocksAsync(
        IReadOnlyList<long> numbers, CancellationToken cancellationToken)
    {
        (string, object?[])[] calls =
            [.. numbers.Select(number => ("eth_getBlockByNumber", new object?[] { $"{(BlockTag)number}", false }))];
        IReadOnlyList<JsonElement> answers = await Rpc.BatchAsync(calls, cancellationToken);
        return [.. answers.Zip(numbers, (answer, number) => answer.ValueKind == JsonValueKind.Null
            ? throw new InvalidAnswerException($"{Rpc.NodeName} has no block {number}.")
            : ReadBlock(answer, number))];
    }

    /// <summary>The logs that match, in the order of the chain.</summary>
    /// <remarks>Entries with <see cref="LogEntry.Removed"/> can occur.</remarks>
    public async Task<IReadOnlyList<LogEntry>> GetLogsAsync(LogFilter filter, CancellationToken cancellationToken)
    {
        JsonElement answer = await Rpc.CallAsync("eth_getLogs", [filter.ToArgument()], cancellationToken);
        return [.. answer.Items("logs").Select(LogEntry.Read)];
    }

    /// <summary>All receipts of a block, in the order of its transactions.</summary>
    /// <exception cref="InvalidAnswerException">The node has no such block.</exception>
    public async Task<IReadOnlyList<TransactionReceipt>> GetBlockReceiptsAsync(
        BlockTag block, CancellationToken cancellationToken)
    {
        JsonElement answer = await Rpc.CallAsync("eth_getBlockReceipts", [block.ToArgument()], cancellationToken);
        return answer.ValueKind == JsonValueKind.Null
            ? throw new InvalidAnswerException($"{Rpc.NodeName} has no block {block}.")
            : [.. answer.Items("receipts").Select(TransactionReceipt.Read)];
    }

    /// <summary>A transaction's receipt, or null while no block holds it.</summary>
    public async Task<TransactionReceipt?> GetReceiptAsync(Hash32 transaction, CancellationToken cancellationToken)
    {
        JsonElement answer = await Rpc.CallAsync("eth_getTransactionReceipt", [transaction], cancellationToken);
        if (answer.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        TransactionReceipt receipt = TransactionReceipt.Read(answer);
        return receipt.TransactionHash == transaction ? receipt : throw AnswerFields.Wrong("transactionHash");
    }

    /// <summary>Whether the node knows the transaction, in a block or waiting for one.</summary>
    public async Task<bool> KnowsTransactionAsync(Hash32 transaction, CancellationToken cancellationToken)
    {
        JsonElement answer = await Rpc.CallAsync("eth_getTransactionByHash", [transaction], cancellationToken);
        return answer.ValueKind != JsonValueKind.Null;
    }

    /// <summary>The next nonce of an account; with <see cref="BlockTag.Pending"/> after what waits here.</summary>
    public async Task<ulong> GetNonceAsync(Address account, BlockTag block, CancellationToken cancellationToken) =>
        (await StateAsync("eth_getTransactionCount", account, block, cancellationToken)).AsUInt64("nonce");

    /// <summary>The wei an account holds.</summary>
    public async Task<BigInteger> GetBalanceAsync(
        Address account, BlockTag block, CancellationToken cancellationToken) =>
        (await StateAsync("eth_getBalance", account, block, cancellationToken)).AsInteger("balance");

    /// <summary>The code at an address, empty for an account that is no contract.</summary>
    public async Task<byte[]> GetCodeAsync(Address account, BlockTag block, CancellationToken cancellationToken) =>
        (await StateAsync("eth_getCode", account, block, cancellationToken)).AsBytes("code");

    private static BlockHeader ReadBlock(JsonElement answer, BlockTag asked)
    {
        BlockHeader header = BlockHeader.Read(answer);
        bool same = (asked.Number is not long number || number == header.Number)
            && (asked.Hash is not Hash32 hash || hash == header.Hash);
        return same ? header : throw new InvalidAnswerException($"Asked for block {asked}, the node gave another one.");
    }

    private Task<JsonElement> StateAsync(
        string method, Address account, BlockTag block, CancellationToken cancellationToken) =>
        Rpc.CallAsync(method, [account, block.ToArgument()], cancellationToken);
}
