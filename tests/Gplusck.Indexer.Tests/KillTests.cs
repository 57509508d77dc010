using System.Diagnostics;
using System.Numerics;
using Gplusck.Chain.Primitives;
using Gplusck.Indexer.Tests.Chain;
using Gplusck.Testing;

namespace Gplusck.Indexer.Tests;

public sealed class KillTests(PostgresFixture postgres, TestContracts contracts)
{
    private const int Kills = 6;

    [Fact, Trait("Needs", "Anvil")]
    public async Task An_indexer_killed_anywhere_and_started_again_leaves_the_rows_of_a_fresh_index()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        Random random = new(20);
        await using TestChain chain = await TestChain.StartAsync(token);
        await using Mirror mirror = new(await postgres.CreateDatabaseAsync(token));
        Address coin = await chain.DeployAsync(contracts.Token, token);
        for (int block = 0; block < 150; block++)
        {
            byte[] scatter = contracts.Token.Call("scatter", new BigInteger(block % 7), new BigInteger(40));
            await chain.SendAsync(chain.Accounts[block % 5], coin, scatter, token);
        }

        string manifest = Path.GetTempFileName();
        await File.WriteAllTextAsync(manifest, ManifestJson(coin), token);
        string[] command = ["index", $"{chain.Url}", mirror.ConnectionString, manifest, $"{151}"];
        await mirror.Run(Manifest("mirror", coin), chain.Client, to: 0).RunAsync(token);
        for (int kill = 0; kill < Kills; kill++)
        {
            using Process indexer = Start(command);
            long from = await IndexedAsync(mirror, token);
            long until = from + random.Next(1, 16);
            while (await IndexedAsync(mirror, token) < until && !indexer.HasExited)
            {
                await Task.Delay(random.Next(1, 5), token);
            }

            Assert.False(indexer.HasExited, "The indexer was done before it was killed.");
            indexer.Kill();
            await indexer.WaitForExitAsync(token);
        }

        using Process last = Start(command);
        await last.WaitForExitAsync(token);
        Assert.Equal(0, last.ExitCode);
        Assert.Equal(151, await IndexedAsync(mirror, token));
        Assert.Equal(150 * 40, await mirror.SingleAsync<long>("SELECT count(*) FROM mirror.coin_transfer", token));
        await mirror.AssertEqualsFreshAsync("mirror", schema => Manifest(schema, coin), chain.Client, token);
        File.Delete(manifest);
    }

    private IndexManifest Manifest(string schema, Address coin) => Mirror.TokenManifest(schema, contracts.Token, coin);

    private string ManifestJson(Address coin) =>
        $$"""
        {"schema":"mirror","contracts":[
            {"name":"Coin","address":"{{coin}}","abi":{{contracts.Token.AbiJson}},"projections":["erc20_balance"]}]}
        """;

    private static Task<long> IndexedAsync(Mirror mirror, CancellationToken token) =>
        mirror.SingleAsync<long>("SELECT coalesce(max(block_number), -1) FROM mirror.checkpoint", token);

    private static Process Start(string[] arguments) =>
        Process.Start(new ProcessStartInfo("dotnet", ["exec", typeof(KillTests).Assembly.Location, .. arguments]))!;
}
