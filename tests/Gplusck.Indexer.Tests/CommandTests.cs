using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Gplusck.Chain.Primitives;
using Gplusck.Indexer.Tests.Chain;
using Gplusck.Testing;

namespace Gplusck.Indexer.Tests;

/// <summary><c>gplusck index</c> as a user types it, on a token that is none of ours.</summary>
public sealed class CommandTests(PostgresFixture postgres, TestContracts contracts) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gplusck index ").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact, Trait("Needs", "Anvil")]
    public async Task Mirrors_a_foreign_token_up_to_the_block_asked_for_and_ends_with_0()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        await using TestChain chain = await TestChain.StartAsync(token);
        await using Mirror mirror = new(await postgres.CreateDatabaseAsync(token));
        Address coin = await chain.DeployAsync(contracts.Token, token);
        (Address alice, Address bob) = (chain.Accounts[1], chain.Accounts[2]);
        await chain.SendAsync(alice, coin, contracts.Token.Call("mint", alice, new BigInteger(1_000)), token);
        await chain.SendAsync(alice, coin, contracts.Token.Call("transfer", bob, new BigInteger(300)), token);
        long last = await chain.Client.BlockNumberAsync(token);
        await chain.SendAsync(alice, coin, contracts.Token.Call("transfer", bob, new BigInteger(50)), token);

        (int code, _, string errors) = await IndexAsync(
            chain.Url, mirror.ConnectionString, await WriteManifestAsync(coin, "erc20_balance", token), last);

        Assert.True(code == 0, errors);
        Assert.Equal(last, await mirror.SingleAsync<long>("SELECT block_number FROM wallet.checkpoint", token));
        Assert.Equal(2, await mirror.SingleAsync<long>("SELECT count(*) FROM wallet.coin_transfer", token));
        Assert.Equal(
            [(alice, 700), (bob, 300)],
            await mirror.QueryAsync<(Address, BigInteger)>(
                "SELECT account, balance FROM wallet.coin_balance ORDER BY balance DESC", token));
    }

    [Fact]
    public async Task A_projection_that_does_not_exist_is_one_sentence_and_exit_code_2()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        (int code, _, string errors) = await IndexAsync(
            new Uri("http://127.0.0.1:1"),
            "postgres://nobody@127.0.0.1:1/none",
            await WriteManifestAsync(Address.Zero, "erc20_dreams", token),
            0);
        Assert.Equal(2, code);
        Assert.Contains("erc20_dreams", errors, StringComparison.Ordinal);
        Assert.Single(errors.Trim().Split('\n'));
    }

    private static Task<(int Code, string Output, string Errors)> IndexAsync(
        Uri rpc, string database, string manifest, long to) =>
        GplusckProgram.RunAsync(
            TestContext.Current.CancellationToken,
            "index",
            "--rpc",
            rpc.ToString(),
            "--database",
            database,
            "--manifest",
            manifest,
            "--to",
            to.ToString(CultureInfo.InvariantCulture));

    private async Task<string> WriteManifestAsync(Address coin, string projection, CancellationToken token)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "coin.json"), contracts.Token.AbiJson, token);
        string path = Path.Combine(_folder, "manifest.json");
        object contract = new
        {
            name = "Coin",
            address = coin.ToString(),
            abi = "coin.json",
            startBlock = 0,
            projections = new[] { projection },
        };
        string manifest = JsonSerializer.Serialize(new { schema = "wallet", contracts = new[] { contract } });
        await File.WriteAllTextAsync(path, manifest, token);
        return path;
    }
}
