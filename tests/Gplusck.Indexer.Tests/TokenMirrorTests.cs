using System.Numerics;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Rpc;
using Gplusck.Indexer.Tests.Chain;
using Gplusck.Testing;

namespace Gplusck.Indexer.Tests;

public sealed class TokenMirrorTests(PostgresFixture postgres, TestContracts contracts)
{
    [Theory, Trait("Needs", "Anvil")]
    [InlineData(VerifyMode.Full)]
    [InlineData(VerifyMode.Bloom)]
    [InlineData(VerifyMode.Off)]
    public async Task Erc20_balance_equals_balanceOf_for_every_holder_at_the_same_block(VerifyMode verify)
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        await using TestChain chain = await TestChain.StartAsync(token);
        await using Mirror mirror = new(await postgres.CreateDatabaseAsync(token));
        Address coin = await chain.DeployAsync(contracts.Token, token);
        (Address alice, Address bob, Address carol) = (chain.Accounts[1], chain.Accounts[2], chain.Accounts[3]);
        BigInteger huge = BigInteger.Pow(2, 255);
        await chain.SendAsync(alice, coin, contracts.Token.Call("mint", alice, huge), token);
        await chain.SendAsync(alice, coin, contracts.Token.Call("mint", bob, new BigInteger(100)), token);
        await chain.SendTogetherAsync(
            [
                (alice, coin, contracts.Token.Call("transfer", bob, new BigInteger(300))),
                (bob, coin, contracts.Token.Call("transfer", alice, new BigInteger(100))),
                (alice, coin, contracts.Token.Call("transfer", alice, new BigInteger(5))),
            ],
            token);
        await chain.MineAsync(3, token);
        await chain.SendAsync(bob, coin, contracts.Token.Call("transfer", carol, new BigInteger(300)), token);
        await chain.SendAsync(alice, coin, contracts.Token.Call("burn", huge / 2), token);
        await chain.SendAsync(
            alice, coin, contracts.Token.Call("scatter", new BigInteger(7), new BigInteger(120)), token);

        await mirror.IndexAsync(Mirror.TokenManifest("mirror", contracts.Token, coin), chain.Client, token, verify);

        long block = await mirror.SingleAsync<long>("SELECT block_number FROM mirror.checkpoint", token);
        IReadOnlyList<(Address Account, BigInteger Balance)> rows = await mirror.QueryAsync<(Address, BigInteger)>(
            "SELECT account, balance FROM mirror.coin_balance", token);
        Assert.Equal(52, rows.Count);
        Assert.DoesNotContain(rows, row => row.Account == bob || row.Account == Address.Zero);
        foreach ((Address account, BigInteger balance) in rows)
        {
            Assert.Equal(await BalanceOfAsync(chain.Client, coin, account, block, token), balance);
        }

        Assert.Equal(127, await mirror.SingleAsync<long>("SELECT count(*) FROM mirror.coin_transfer", token));
        Assert.Equal(block + 1, await mirror.SingleAsync<long>("SELECT count(*) FROM mirror.block", token));
        BlockHeader last = (await chain.Client.GetBlockAsync(block, token))!;
        Assert.Equal(
            (last.Hash, last.ParentHash, last.Timestamp),
            await mirror.SingleAsync<(Hash32, Hash32, long)>(
                $"SELECT hash, parent_hash, timestamp FROM mirror.block WHERE number = {block}", token));
    }

    [Fact, Trait("Needs", "Anvil")]
    public async Task The_three_modes_give_the_same_rows_and_bloom_asks_only_for_receipts_it_needs()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        await using TestChain chain = await TestChain.StartAsync(token);
        await using Mirror mirror = new(await postgres.CreateDatabaseAsync(token));
        Address other = await chain.DeployAsync(contracts.Zoo, token);
        Address coin = await chain.DeployAsync(contracts.Token, token);
        for (int round = 0; round < 10; round++)
        {
            await chain.SendAsync(chain.Accounts[round], other, contracts.Zoo.Call("others"), token);
        }

        await chain.SendAsync(chain.Accounts[0], coin, contracts.Token.Call("mint", other, new BigInteger(5)), token);
        using TamperingHandler counter = new();
        await mirror.IndexAsync(Mirror.TokenManifest("full", contracts.Token, coin), counter.Client(chain.Url), token);
        int full = counter.CallsOf("eth_getBlockReceipts");
        await mirror.IndexAsync(
            Mirror.TokenManifest("bloom", contracts.Token, coin), counter.Client(chain.Url), token, VerifyMode.Bloom);
        int bloom = counter.CallsOf("eth_getBlockReceipts") - full;
        await mirror.IndexAsync(
            Mirror.TokenManifest("off", contracts.Token, coin), counter.Client(chain.Url), token, VerifyMode.Off);

        Assert.Equal((13, 1), (full, bloom));
        Assert.Equal(full + bloom, counter.CallsOf("eth_getBlockReceipts"));
        IReadOnlyDictionary<string, string> expected = await mirror.DumpAsync("full", token);
        Assert.Equal(expected, await mirror.DumpAsync("bloom", token));
        Assert.Equal(expected, await mirror.DumpAsync("off", token));
    }

    [Fact, Trait("Needs", "Anvil")]
    public async Task A_node_that_refuses_wide_log_ranges_is_asked_for_narrower_ones()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        await using TestChain chain = await TestChain.StartAsync(token);
        await using Mirror mirror = new(await postgres.CreateDatabaseAsync(token));
        Address coin = await chain.DeployAsync(contracts.Token, token);
        for (int round = 0; round < 20; round++)
        {
            await chain.SendAsync(
                chain.Accounts[1], coin, contracts.Token.Call("mint", coin, new BigInteger(round)), token);
        }

        using TamperingHandler strict = new()
        {
            Refuse = (method, arguments) => method == "eth_getLogs"
                && Number(arguments[0]!["toBlock"]!) - Number(arguments[0]!["fromBlock"]!) >= 3
                ? new() { ["code"] = -32005, ["message"] = "query returned more than 10000 results" }
                : null,
        };
        await mirror.IndexAsync(
            Mirror.TokenManifest("mirror", contracts.Token, coin), strict.Client(chain.Url), token, VerifyMode.Off);

        Assert.Equal(20, await mirror.SingleAsync<long>("SELECT count(*) FROM mirror.coin_transfer", token));
        await mirror.AssertEqualsFreshAsync(
            "mirror", schema => Mirror.TokenManifest(schema, contracts.Token, coin), chain.Client, token);
    }

    [Fact, Trait("Needs", "Anvil")]
    public async Task A_transfer_of_more_than_exists_does_not_stop_the_mirror()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        await using TestChain chain = await TestChain.StartAsync(token);
        await using Mirror mirror = new(await postgres.CreateDatabaseAsync(token));

        // PUSH32 max, PUSH1 0, MSTORE, then 12 times LOG3(data, Transfer, from 1, to 2): more than exists.
        string topic = contracts.Token.Abi.Events.Single(@event => @event.Name == "Transfer").Topic0.ToString()[2..];
        string once = $"600260017f{topic}60206000a3";
        string runtime = $"7f{new string('f', 64)}600052{string.Concat(Enumerable.Repeat(once, 12))}00";
        int length = runtime.Length / 2;
        byte[] creation = Hex.Parse($"0x61{length:x4}600e60003961{length:x4}6000f3{runtime}");
        Address liar = (await chain.SendAsync(chain.Accounts[0], null, creation, token)).ContractAddress!.Value;
        await chain.SendAsync(chain.Accounts[0], liar, [], token);

        await mirror.IndexAsync(Mirror.TokenManifest("mirror", contracts.Token, liar), chain.Client, token);

        BigInteger expected = 12 * (BigInteger.Pow(2, 256) - 1);
        Assert.Equal(
            [-expected, expected],
            await mirror.QueryAsync<BigInteger>("SELECT balance FROM mirror.coin_balance ORDER BY 1", token));
    }

    private static long Number(System.Text.Json.Nodes.JsonNode quantity) =>
        Convert.ToInt64(quantity.GetValue<string>(), 16);

    private async Task<BigInteger> BalanceOfAsync(
        EthereumClient client, Address coin, Address account, long block, CancellationToken token)
    {
        object call = new { to = coin, data = Hex.ToHex(contracts.Token.Call("balanceOf", account)) };
        string word = (await client.Rpc.CallAsync("eth_call", [call, $"0x{block:x}"], token)).GetString()!;
        return new BigInteger(Hex.Parse(word), isUnsigned: true, isBigEndian: true);
    }
}
