using Gplusck.Chain.Primitives;
using Gplusck.Chain.Receipts;
using Gplusck.Chain.Rpc;

namespace Gplusck.Indexer.Sources;

/// <summary>Receipts of chosen blocks: by block, or by transaction where the node knows no other way.</summary>
internal sealed class ReceiptFetch(EthereumClient client)
{
    public const string ByBlockMethod = "eth_getBlockReceipts";

    private const int MethodNotFound = -32601;
    private const int CallsMax = 100;

    // What nodes without the method say; hardhat answers with its code for a method that is not supported.
    private static readonly string[] Unknown =
        ["not found", "not supported", "not exist", "not available", "unsupported", "unknown method"];

    private volatile bool _byBlock = true;

    /// <summary>Whether the node has not shown that it lacks <see cref="ByBlockMethod"/>.</summary>
    public bool ByBlock => _byBlock;

    /// <summary>Whether an error says that the node lacks <see cref="ByBlockMethod"/>; if so it is not asked again.
    /// </summary>
    public bool Learns(JsonRpcException error)
    {
        bool lacks = error.Method == ByBlockMethod && (error.Code == MethodNotFound || Unknown.Any(
            words => error.NodeMessage.Contains(words, StringComparison.OrdinalIgnoreCase)));
        _byBlock &= !lacks;
        return lacks;
    }

    /// <summary>Packs and proves the receipts of some blocks of a chunk.</summary>
    /// <param name="chunk">Takes the receipts.</param>
    /// <param name="wanted">Positions of the blocks.</param>
    /// <param name="headers">The answer with the headers, one result a block.</param>
    /// <param name="prove">Packs one block's receipts and checks their root.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task ForAsync(
        BlockChunk chunk, int[] wanted, RawAnswer headers,
        Action<BlockChunk, int, Func<PackedReceiptWriter, bool>> prove, CancellationToken cancellationToken)
    {
        foreach (int[] part in wanted.Chunk(CallsMax))
        {
            if (!_byBlock || !await TryByBlockAsync(chunk, part, prove, cancellationToken))
            {
                foreach (int block in part)
                {
                    await ByTransactionAsync(
                        chunk, block, BlockAnswer.Transactions(headers.Result(block)), prove, cancellationToken);
                }
            }
        }
    }

    private async Task<bool> TryByBlockAsync(
        BlockChunk chunk, int[] blocks, Action<BlockChunk, int, Func<PackedReceiptWriter, bool>> prove,
        CancellationToken cancellationToken)
    {
        try
        {
            using RawAnswer answer = await client.Rpc.BatchRawAsync(
                [.. blocks.Select(block =>
                    (ByBlockMethod, new object?[] { $"{(BlockTag)chunk.Headers[block].Number}" }))],
                cancellationToken);
            for (int position = 0; position < blocks.Length; position++)
            {
                int result = position;
                prove(
                    chunk, blocks[position],
                    receipts => ReceiptScanner.TryPackBlock(answer.Result(result), receipts));
            }

            return true;
        }
        catch (JsonRpcException error) when (Learns(error))
        {
            return false;
        }
    }

    private async Task ByTransactionAsync(
        BlockChunk chunk, int block, IReadOnlyList<Hash32> transactions,
        Action<BlockChunk, int, Func<PackedReceiptWriter, bool>> prove, CancellationToken cancellationToken)
    {
        List<RawAnswer> answers = [];
        try
        {
            foreach (Hash32[] part in transactions.Chunk(CallsMax))
            {
                answers.Add(await client.Rpc.BatchRawAsync(
                    [.. part.Select(hash => ("eth_getTransactionReceipt", new object?[] { hash }))],
                    cancellationToken));
            }

            prove(chunk, block, receipts =>
            {
                receipts.BeginBlock();
                return Enumerable.Range(0, transactions.Count).All(index =>
                    ReceiptScanner.TryPackReceipt(answers[index / CallsMax].Result(index % CallsMax), receipts));
            });
        }
        finally
        {
            answers.ForEach(answer => answer.Dispose());
        }
    }
}
