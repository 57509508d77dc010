using Gplusck.Chain.Receipts;
using Gplusck.Chain.Rpc;
using Gplusck.Chain.Tests.Trie;

namespace Gplusck.Chain.Tests.Receipts;

/// <summary>Roots over packed receipts against the headers of a real node.</summary>
[Trait("Needs", "Anvil")]
public sealed class ReceiptsRootTests(BlockOfLogs block) : IClassFixture<BlockOfLogs>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_block_of_a_real_node_packs_to_the_root_of_its_header()
    {
        (string, object?[])[] calls = [.. Enumerable.Range(0, (int)block.Header.Number + 1)
            .Select(number => ("eth_getBlockReceipts", new object?[] { $"0x{number:x}" }))];
        using RawAnswer answer = await block.Client.Rpc.BatchRawAsync(calls, Token);
        ReceiptsRoot root = new();
        using PackedReceiptWriter packed = new();
        for (int number = 0; number < calls.Length; number++)
        {
            BlockHeader header = (await block.Client.GetBlockAsync(number, Token))!;
            packed.Clear();
            Assert.True(ReceiptScanner.TryPackBlock(answer.Result(number), packed));
            Assert.Equal(header.ReceiptsRoot, root.Of(packed.Written.Span));
        }

        Assert.Equal(block.Receipts.Sum(receipt => receipt.Logs.Count), PackedLogs.Of(packed.Written.Span).Count);
    }

    [Fact]
    public async Task Errors_and_strays_in_a_batch_are_named()
    {
        JsonRpcException error = await Assert.ThrowsAsync<JsonRpcException>(() => block.Client.Rpc.BatchRawAsync(
            [("eth_chainId", []), ("eth_noSuchMethod", [])], Token));

        Assert.Contains("eth_noSuchMethod", error.Message, StringComparison.Ordinal);
    }
}
