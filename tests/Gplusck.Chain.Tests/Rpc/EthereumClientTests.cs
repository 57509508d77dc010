using System.Buffers.Binary;
using System.Numerics;
using Gplusck.Chain.Bindings;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Rpc;
using Gplusck.Chain.Signing;
using Gplusck.Testing;

namespace Gplusck.Chain.Tests.Rpc;

[Trait("Needs", "Anvil")]
public sealed class EthereumClientTests(AnvilFixture anvil) : IClassFixture<AnvilFixture>, IDisposable
{
    private readonly EthereumClient _client = EthereumClient.Connect(anvil.Url, TimeProvider.System);
    private readonly TransactionSender _sender =
        new(EthereumClient.Connect(anvil.Url, TimeProvider.System), DevKeys.All[0], TimeProvider.System);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_transfer_arrives_and_its_receipt_says_so()
    {
        Address to = Address.Parse("0x00000000000000000000000000000000000a11ce");
        BigInteger before = await _client.GetBalanceAsync(to, BlockTag.Latest, Token);
        ulong nonce = await _client.GetNonceAsync(_sender.Address, BlockTag.Latest, Token);

        TransactionReceipt receipt = await _sender.SendAsync(to, [], 1_000_000_007, Token);

        Assert.Equal(before + 1_000_000_007, await _client.GetBalanceAsync(to, BlockTag.Latest, Token));
        Assert.Equal(before, await _client.GetBalanceAsync(to, receipt.BlockNumber - 1, Token));
        Assert.Equal(nonce + 1, await _client.GetNonceAsync(_sender.Address, BlockTag.Latest, Token));
        Assert.Equal(31_337, await _client.ChainIdAsync(Token));
        Assert.Equal(
            (true, (byte)2, _sender.Address, to, 21_000),
            (receipt.Succeeded, receipt.Type, receipt.From, receipt.To!.Value, receipt.GasUsed));
        Assert.Empty(await _client.GetCodeAsync(to, BlockTag.Latest, Token));
    }

    [Fact]
    public async Task Every_header_hashes_to_the_hash_the_node_gives_and_to_the_parent_of_the_next()
    {
        await _sender.SendAsync(Address.Zero, [], 1, Token);
        await _sender.SendAsync(Address.Zero, [], 2, Token);
        long head = await _client.BlockNumberAsync(Token);

        IReadOnlyList<BlockHeader> headers =
            await _client.GetBlocksAsync([.. Enumerable.Range(0, (int)head + 1).Select(number => (long)number)], Token);

        Assert.Equal(headers.Select(header => header.Hash), headers.Select(header => header.ComputeHash()));
        Assert.Equal(
            headers.SkipLast(1).Select(header => header.Hash), headers.Skip(1).Select(header => header.ParentHash));
        Assert.NotNull(headers[^1].RequestsHash);
        Assert.NotNull(headers[^1].ParentBeaconBlockRoot);
        BlockHeader changed = headers[^1] with { Timestamp = headers[^1].Timestamp + 1 };
        Assert.NotEqual(changed.Hash, changed.ComputeHash());
    }

    [Fact]
    public async Task Blocks_are_found_by_name_number_and_hash_and_unknown_ones_are_null()
    {
        BlockHeader latest = (await _client.GetBlockAsync(BlockTag.Latest, Token))!;

        Assert.Equal(latest.Hash, (await _client.GetBlockAsync(latest.Number, Token))!.Hash);
        Assert.Equal(latest.Hash, (await _client.GetBlockAsync(BlockTag.Of(latest.Hash), Token))!.Hash);
        Assert.Equal(0, (await _client.GetBlockAsync(BlockTag.Earliest, Token))!.Number);
        Assert.Null(await _client.GetBlockAsync(latest.Number + 1_000_000, Token));
        Assert.Null(await _client.GetBlockAsync(BlockTag.Of(Hash32.Zero), Token));
        Assert.Null(await _client.GetReceiptAsync(Hash32.Zero, Token));
        await Assert.ThrowsAsync<InvalidAnswerException>(() => _client.GetBlocksAsync([0, 99_999_999], Token));
    }

    [Fact]
    public async Task Logs_are_found_by_address_and_topic_in_their_order()
    {
        Address logger = await DeployAsync(Bytecode.Logger);
        TransactionReceipt receipt = await _sender.SendAsync(logger, [1, 2, 3], 0, Token);
        Hash32 two = Hash32.Parse("0x" + new string('0', 63) + "2");
        LogFilter all = new() { From = receipt.BlockNumber, To = receipt.BlockNumber, Addresses = [logger] };

        IReadOnlyList<LogEntry> logs = await _client.GetLogsAsync(all, Token);

        Assert.Equal([4, 2, 0], logs.Select(log => log.Topics.Count));
        Assert.Equal([0, 1, 2], logs.Select(log => log.LogIndex));
        Assert.All(logs, log => Assert.Equal([1, 2, 3], log.Data));
        Assert.All(logs, log => Assert.Equal((logger, receipt.TransactionHash, receipt.BlockHash, false),
            (log.Address, log.TransactionHash, log.BlockHash, log.Removed)));
        Assert.Equivalent(logs, receipt.Logs, strict: true);
        LogFilter second = all with { Topics = [null, [Hash32.Zero, two], []] };
        Assert.Equal(2, (await _client.GetLogsAsync(second, Token)).Count);
        Assert.Empty(await _client.GetLogsAsync(all with { Topics = [[two]] }, Token));
        Assert.Equal(3, (await _client.GetLogsAsync(new LogFilter { BlockHash = receipt.BlockHash }, Token)).Count);
        await Assert.ThrowsAsync<JsonRpcException>(
            () => _client.GetLogsAsync(new LogFilter { BlockHash = Hash32.Parse("0x" + new string('7', 64)) }, Token));
    }

    [Fact]
    public async Task Calls_return_what_the_contract_returns_also_at_a_block_given_by_hash()
    {
        Address echo = await DeployAsync(Bytecode.Echo);
        BlockHeader head = (await _client.GetBlockAsync(BlockTag.Latest, Token))!;
        Call<byte[]> call = new(echo, [1, 2, 3, 4, 5], bytes => bytes);

        Assert.Equal(call.Data, await _client.CallAsync(call, BlockTag.Latest, Token));
        Assert.Equal(call.Data, await _client.CallAsync(call, BlockTag.Of(head.Hash), Token));
        Assert.Equal(call.Data, await _client.CallAsync(call, head.Number, DevKeys.All[1].Address, Token));
    }

    [Fact]
    public async Task A_call_to_nobody_is_one_clear_sentence()
    {
        Call<byte[]> call = new(Address.Parse("0x00000000000000000000000000000000000dead1"), [1], bytes => bytes);

        GplusckException exception =
            await Assert.ThrowsAsync<GplusckException>(() => _client.CallAsync(call, BlockTag.Latest, Token));

        Assert.Contains("no such contract", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revert_carries_its_data_and_names_its_reason()
    {
        Address reverter = await DeployAsync(Bytecode.Reverter);
        byte[] text = [.. Hex.Parse("0x08c379a0"), .. Word(32), .. Word(9), .. "too early"u8, .. new byte[23]];
        byte[] panic = [.. Hex.Parse("0x4e487b71"), .. Word(0x11)];
        byte[] custom = [0xde, 0xad, 0xbe, 0xef, .. Word(7)];

        Assert.EndsWith(" reverted: too early.", await ReasonAsync(new(reverter, text, _ => default)));
        Assert.EndsWith(
            " reverted: panic 17: arithmetic overflow or underflow.",
            await ReasonAsync(new(reverter, panic, _ => default)));
        Assert.Contains("0xdeadbeef", await ReasonAsync(new(reverter, custom, _ => default)));
        Call<Unit> known = new(reverter, custom, _ => default) { DecodeError = data => $"NotYet({data[^1]})" };
        Assert.Contains("NotYet(7)", await ReasonAsync(known));
        // A length that lies about the text must not be believed.
        byte[] lying = [.. Hex.Parse("0x08c379a0"), .. Word(32), .. Word(int.MaxValue), 65];
        Assert.Contains("malformed", await ReasonAsync(new(reverter, lying, _ => default)));
    }

    [Fact]
    public async Task A_transaction_that_would_revert_is_never_sent()
    {
        Address reverter = await DeployAsync(Bytecode.Reverter);
        ulong nonce = await _client.GetNonceAsync(_sender.Address, BlockTag.Pending, Token);
        Call<Unit> call = new(reverter, [1, 2, 3, 4], _ => default);

        await Assert.ThrowsAsync<ContractRevertException>(() => _sender.SendAsync(call, Token));

        Assert.Equal(nonce, await _client.GetNonceAsync(_sender.Address, BlockTag.Pending, Token));
    }

    [Fact]
    public async Task Transactions_sent_at_once_with_one_key_all_arrive()
    {
        ulong nonce = await _client.GetNonceAsync(_sender.Address, BlockTag.Latest, Token);

        await Task.WhenAll(Enumerable.Range(1, 8).Select(wei => _sender.SendAsync(Address.Zero, [], wei, Token)));

        Assert.Equal(nonce + 8, await _client.GetNonceAsync(_sender.Address, BlockTag.Latest, Token));
    }

    [Fact]
    public async Task Sending_the_same_bytes_twice_succeeds_and_stale_bytes_are_refused()
    {
        PrivateKey key = DevKeys.All[5];
        TransactionFees fees = await _client.FeesAsync(Token);
        Eip1559Transaction transaction = new()
        {
            ChainId = 31_337,
            Nonce = 0,
            MaxFeePerGas = fees.MaxFeePerGas,
            MaxPriorityFeePerGas = fees.MaxPriorityFeePerGas,
            GasLimit = 21_000,
            To = Address.Zero,
        };
        SignedTransaction signed = transaction.Sign(key);

        Assert.Equal(signed.Hash, await _client.SendRawAsync(signed.Raw, Token));
        Assert.Equal(signed.Hash, await _client.SendRawAsync(signed.Raw, Token));
        Assert.True(await _client.KnowsTransactionAsync(signed.Hash, Token));
        byte[] stale = (transaction with { Value = 1 }).Sign(key).Raw;
        await Assert.ThrowsAsync<JsonRpcException>(() => _client.SendRawAsync(stale, Token));
    }

    [Fact]
    public async Task The_development_keys_are_those_that_anvil_funds()
    {
        System.Text.Json.JsonElement accounts = await _client.Rpc.CallAsync("eth_accounts", [], Token);

        Assert.Equal(
            accounts.EnumerateArray().Select(account => Address.Parse(account.GetString()!)),
            DevKeys.All.Select(key => key.Address));
    }

    public void Dispose() => _sender.Dispose();

    private static byte[] Word(int value)
    {
        byte[] word = new byte[32];
        BinaryPrimitives.WriteInt32BigEndian(word.AsSpan(28), value);
        return word;
    }

    private async Task<string> ReasonAsync(Call<Unit> call)
    {
        ContractRevertException exception =
            await Assert.ThrowsAsync<ContractRevertException>(() => _client.CallAsync(call, BlockTag.Latest, Token));
        Assert.Equal(call.Data, exception.RevertData);
        return exception.Message;
    }

    private async Task<Address> DeployAsync(byte[] code) =>
        (await _sender.SendAsync(null, code, 0, Token)).ContractAddress!.Value;
}
