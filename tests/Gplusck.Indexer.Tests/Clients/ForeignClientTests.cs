using System.Numerics;
using System.Text.Json;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Rpc;
using Gplusck.Indexer.Tests.Chain;
using Gplusck.Testing;

namespace Gplusck.Indexer.Tests.Clients;

/// <summary>The indexer on clients that nobody here wrote, held against what viem reads from them.</summary>
public sealed class ForeignClientTests(PostgresFixture postgres, TestContracts contracts)
{
    private const string ViemReads = """
        import { createPublicClient, http, parseAbi } from 'viem';
        const { url, coin, head } = input;
        const abi = parseAbi([
          'event Transfer(address indexed from, address indexed to, uint256 value)',
          'function balanceOf(address) view returns (uint256)',
        ]);
        const client = createPublicClient({ transport: http(url) });
        const logs = await client.getLogs({ address: coin, event: abi[0], fromBlock: 0n, toBlock: BigInt(head) });
        const rows = logs.map(({ blockNumber, blockHash, transactionHash, transactionIndex, logIndex, args }) => [
          blockNumber, blockHash, transactionHash, transactionIndex, logIndex,
          args.from.toLowerCase(), args.to.toLowerCase(), args.value].join(' '));
        const holders = [...new Set(logs.flatMap(({ args }) => [args.from, args.to]))];
        const balances = [];
        for (const account of holders) {
          const balance = await client.readContract({ address: coin, abi, functionName: 'balanceOf', args: [account] });
          if (balance > 0n) balances.push(`${account.toLowerCase()} ${balance}`);
        }
        output({ rows, balances: balances.sort() });
        """;

    private const string TransferRows = """
        SELECT concat_ws(' ', block_number, '0x' || encode(block_hash, 'hex'), '0x' || encode(transaction_hash, 'hex'),
            transaction_index, log_index, '0x' || encode("from", 'hex'), '0x' || encode("to", 'hex'), value)
        FROM mirror.coin_transfer ORDER BY block_number, log_index
        """;

    private const string BalanceRows =
        """SELECT '0x' || encode(account, 'hex') || ' ' || balance FROM mirror.coin_balance ORDER BY 1""";

    [Theory, Trait("Needs", "Npm")]
    [InlineData("hardhat", VerifyMode.Full)]
    [InlineData("hardhat", VerifyMode.Bloom)]
    [InlineData("hardhat", VerifyMode.Off)]
    [InlineData("ganache", VerifyMode.Full)]
    [InlineData("ganache", VerifyMode.Bloom)]
    [InlineData("ganache", VerifyMode.Off)]
    public async Task Tables_equal_what_viem_reads_from_the_client_before_and_after_a_reorg(
        string client, VerifyMode verify)
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        await using ForeignChain node = await ForeignChain.StartAsync(ForeignClient.Named(client), token);
        await using Mirror mirror = new(await postgres.CreateDatabaseAsync(token));
        TestChain chain = node.Chain;
        Address coin = await chain.DeployAsync(contracts.Token, token);
        IndexManifest manifest = Mirror.TokenManifest("mirror", contracts.Token, coin);
        await FillAsync(node, coin, seed: 1, token);
        JsonElement snapshot = await chain.Client.Rpc.CallAsync("evm_snapshot", [], token);
        await FillAsync(node, coin, seed: 2, token);
        await mirror.IndexAsync(manifest, chain.Client, token, verify);
        await AssertEqualToViemAsync(mirror, chain, coin, token);

        await chain.Client.Rpc.CallAsync("evm_revert", [snapshot.GetString()], token);
        await FillAsync(node, coin, seed: 3, token);
        await FillAsync(node, coin, seed: 4, token);
        await mirror.IndexAsync(manifest, chain.Client, token, verify);
        await AssertEqualToViemAsync(mirror, chain, coin, token);
    }

    /// <summary>A transaction alone, an empty block, and a block of many, some of which fail.</summary>
    private async Task FillAsync(ForeignChain node, Address coin, int seed, CancellationToken token)
    {
        IReadOnlyList<Address> accounts = node.Chain.Accounts;
        await node.Chain.SendAsync(
            accounts[0], coin, contracts.Token.Call("scatter", new BigInteger(seed), new BigInteger(60)), token);
        await node.Chain.Client.Rpc.CallAsync("evm_mine", [], token);
        byte[] impossible = contracts.Token.Call("transfer", accounts[1], BigInteger.Pow(2, 200));
        IReadOnlyList<TransactionReceipt> receipts = await node.SendTogetherAsync(
            [
                .. Enumerable.Range(0, 9).Select(index => (
                    accounts[index],
                    coin,
                    index % 3 == 1
                        ? impossible
                        : contracts.Token.Call("scatter", new BigInteger(seed + index), new BigInteger(index % 4)))),
            ],
            token);
        Assert.Equal(3, receipts.Count(receipt => !receipt.Succeeded));
        Assert.Single(receipts.Select(receipt => receipt.BlockHash).Distinct());
    }

    private static async Task AssertEqualToViemAsync(
        Mirror mirror, TestChain chain, Address coin, CancellationToken token)
    {
        long head = await chain.Client.BlockNumberAsync(token);
        JsonElement expected = await NodeScript.RunAsync(ViemReads, new { url = chain.Url, coin, head }, token);
        Assert.Equal(Strings(expected, "rows"), await mirror.QueryAsync<string>(TransferRows, token));
        Assert.Equal(Strings(expected, "balances"), await mirror.QueryAsync<string>(BalanceRows, token));
        Assert.True(expected.GetProperty("rows").GetArrayLength() > 100);
    }

    private static string[] Strings(JsonElement owner, string name) =>
        [.. owner.GetProperty(name).EnumerateArray().Select(item => item.GetString()!)];
}
