using Gplusck.Chain.Primitives;
using Gplusck.Chain.Rpc;
using Gplusck.Chain.Trie;

namespace Gplusck.Chain.Tests.Trie;

[Trait("Needs", "Anvil")]
public sealed class ReceiptTrieTests(BlockOfLogs block) : IClassFixture<BlockOfLogs>
{
    private readonly EthereumClient _client = block.Client;
    private readonly BlockHeader _header = block.Header;
    private readonly IReadOnlyList<TransactionReceipt> _receipts = block.Receipts;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void All_receipts_of_a_block_of_300_transactions_rebuild_its_root_and_its_bloom()
    {
        Assert.Equal(BlockOfLogs.TransactionCount, _receipts.Count);
        Assert.Equal(3 * BlockOfLogs.TransactionCount, _receipts.Sum(receipt => receipt.Logs.Count));
        Assert.Equal(_header.ReceiptsRoot, ReceiptTrie.RootOf(_receipts));
        Assert.Equal(_header.LogsBloom, LogsBloom.Of(_receipts.SelectMany(receipt => receipt.Logs)));
        Assert.Equal(_header.Hash, _header.ComputeHash());
    }

    [Fact]
    public void A_log_left_out_changed_or_moved_shows_in_the_root()
    {
        TransactionReceipt first = _receipts[0];
        LogEntry log = first.Logs[0];

        Assert.NotEqual(_header.ReceiptsRoot, RootWith(first with { Logs = [.. first.Logs.Skip(1)] }));
        Assert.NotEqual(_header.ReceiptsRoot, RootWith(first with { Logs = [.. first.Logs.Reverse()] }));
        Assert.NotEqual(
            _header.ReceiptsRoot,
            RootWith(first with { Logs = [log with { Data = [.. log.Data, 0] }, .. first.Logs.Skip(1)] }));
        Assert.NotEqual(_header.ReceiptsRoot, ReceiptTrie.RootOf([.. _receipts.Skip(1)]));
        Assert.NotEqual(_header.ReceiptsRoot, ReceiptTrie.RootOf([.. _receipts.Reverse()]));
    }

    [Fact]
    public async Task Every_block_rebuilds_its_root_whatever_its_size()
    {
        for (long number = 0; number <= _header.Number; number++)
        {
            BlockHeader header = (await _client.GetBlockAsync(number, Token))!;
            Assert.Equal(
                header.ReceiptsRoot, ReceiptTrie.RootOf(await _client.GetBlockReceiptsAsync(number, Token)));
        }
    }

    [Fact]
    public async Task Receipts_are_found_by_block_hash_too()
    {
        IReadOnlyList<TransactionReceipt> receipts =
            await _client.GetBlockReceiptsAsync(BlockTag.Of(_header.Hash), Token);

        Assert.Equal(_header.ReceiptsRoot, ReceiptTrie.RootOf(receipts));
        await Assert.ThrowsAsync<InvalidAnswerException>(
            () => _client.GetBlockReceiptsAsync(_header.Number + 1_000, Token));
    }

    [Fact]
    public void The_bloom_rules_out_what_did_not_occur_and_never_what_did()
    {
        Assert.True(_header.LogsBloom.MayContain(block.Logger));
        Assert.All(_receipts[0].Logs[0].Topics, topic => Assert.True(_header.LogsBloom.MayContain(topic)));
        Assert.False(_header.LogsBloom.MayContain(Address.Parse("0x00000000000000000000000000000000000a11ce")));
        Assert.False(_header.LogsBloom.MayContain(Keccak.Hash("absent"u8)));
    }

    private Hash32 RootWith(TransactionReceipt first) => ReceiptTrie.RootOf([first, .. _receipts.Skip(1)]);
}
