using System.Text.Json;
using Gplusck.Chain.Primitives;

namespace Gplusck.Chain.Rpc;

/// <content>Many transactions in one request.</content>
public sealed partial class EthereumClient
{
    /// <summary>The receipts of these transactions, in this order; null where no block holds one.</summary>
    public async Task<IReadOnlyList<TransactionReceipt?>> GetReceiptsAsync(
        IReadOnlyList<Hash32> transactions, CancellationToken cancellationToken)
    {
        IReadOnlyList<JsonElement> answers = await Rpc.BatchAsync(
            [.. transactions.Select(hash => ("eth_getTransactionReceipt", new object?[] { hash }))], cancellationToken);
        return [.. answers.Zip(transactions, static (answer, hash) =>
        {
            TransactionReceipt? receipt =
                answer.ValueKind == JsonValueKind.Null ? null : TransactionReceipt.Read(answer);
            return receipt is null || receipt.TransactionHash == hash
                ? receipt
                : throw AnswerFields.Wrong("transactionHash");
        })];
    }

    /// <summary>Those of the transactions that the node knows, in a block or waiting for one.</summary>
    public async Task<IReadOnlySet<Hash32>> KnownTransactionsAsync(
        IReadOnlyList<Hash32> transactions, CancellationToken cancellationToken)
    {
        IReadOnlyList<JsonElement> answers = await Rpc.BatchAsync(
            [.. transactions.Select(hash => ("eth_getTransactionByHash", new object?[] { hash }))], cancellationToken);
        return transactions.Where((_, index) => answers[index].ValueKind != JsonValueKind.Null).ToHashSet();
    }
}
