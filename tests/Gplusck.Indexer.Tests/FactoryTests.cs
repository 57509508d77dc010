using System.Numerics;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Rpc;
using Gplusck.Indexer.Tests.Chain;
using Gplusck.Testing;

namespace Gplusck.Indexer.Tests;

/// <summary>Contracts that events announce, and announcers that are announced themselves.</summary>
[Trait("Needs", "Anvil"), Trait("Needs", "Postgres")]
public sealed class FactoryTests(PostgresFixture postgres, TestContracts contracts)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(VerifyMode.Full)]
    [InlineData(VerifyMode.Bloom)]
    [InlineData(VerifyMode.Off)]
    public async Task Pairs_of_announced_makers_are_mirrored_from_their_first_log_on_and_nobody_else(VerifyMode verify)
    {
        await using TestChain chain = await TestChain.StartAsync(Token);
        await using Mirror mirror = new(await postgres.CreateDatabaseAsync(Token));
        Address root = await chain.DeployAsync(contracts.MakerOfMakers, Token);
        Address impostor = await chain.DeployAsync(contracts.Impostor, Token);
        Address first = await MakeAsync(chain, root, 1);
        await CallAsync(chain, impostor, contracts.Impostor.Call("swap", (BigInteger)666));
        Address second = await MakeAsync(chain, root, 2);
        await CallAsync(chain, first, contracts.PairMaker.Call("make", (BigInteger)3));
        IndexManifest manifest = Manifest(root);
        await mirror.IndexAsync(manifest, chain.Client, Token, verify);

        // Known from the table now, not from the run that found them.
        await CallAsync(chain, second, contracts.PairMaker.Call("make", (BigInteger)4));
        IReadOnlyList<Address> pairs =
            await mirror.QueryAsync<Address>("SELECT address FROM f.pair_child ORDER BY block_number", Token);
        await CallAsync(chain, pairs[0], contracts.Pair.Call("swap", (BigInteger)5));
        await mirror.IndexAsync(manifest, chain.Client, Token, verify);

        Assert.Equal(3, pairs.Count);
        Assert.Equal(
            ["1", "2", "3", "4", "5"],
            await mirror.QueryAsync<string>("SELECT number::text FROM f.pair_swapped ORDER BY 1", Token));
        Assert.Equal(
            pairs[0], await mirror.SingleAsync<Address>("SELECT address FROM f.pair_swapped WHERE number = 5", Token));
        Assert.Equal(2, await mirror.SingleAsync<long>("SELECT count(*) FROM f.pair_maker_child", Token));
        Assert.Equal(4, await mirror.SingleAsync<long>("SELECT count(*) FROM f.pair_maker_pair_made", Token));
        await mirror.AssertEqualsFreshAsync("f", schema => Manifest(root, schema), chain.Client, Token);
    }

    [Fact]
    public async Task Contracts_announced_in_blocks_that_are_undone_are_forgotten()
    {
        await using TestChain chain = await TestChain.StartAsync(Token);
        await using Mirror mirror = new(await postgres.CreateDatabaseAsync(Token));
        Address root = await chain.DeployAsync(contracts.MakerOfMakers, Token);
        await MakeAsync(chain, root, 1);
        Address lost = await MakeAsync(chain, root, 2);
        await mirror.IndexAsync(Manifest(root), chain.Client, Token);
        await chain.ReorgAsync(1, [], Token);
        await chain.MineAsync(2, Token);
        await mirror.IndexAsync(Manifest(root), chain.Client, Token);

        Assert.Equal(1, await mirror.SingleAsync<long>("SELECT count(*) FROM f.pair_maker_child", Token));
        Assert.DoesNotContain(lost, await mirror.QueryAsync<Address>("SELECT address FROM f.pair_maker_child", Token));
        await mirror.AssertEqualsFreshAsync("f", schema => Manifest(root, schema), chain.Client, Token);
    }

    private IndexManifest Manifest(Address root, string schema = "f") => new(
        schema,
        [
            new IndexedContract("Root", root, 0, contracts.MakerOfMakers.Abi, []),
            new IndexedContract("PairMaker", null, 0, contracts.PairMaker.Abi, [])
            {
                Factory = new ContractFactory("Root", "MakerMade", "maker"),
            },
            new IndexedContract("Pair", null, 0, contracts.Pair.Abi, [])
            {
                Factory = new ContractFactory("PairMaker", "PairMade", "pair"),
            },
        ]);

    private async Task<Address> MakeAsync(TestChain chain, Address root, int number)
    {
        TransactionReceipt receipt =
            await CallAsync(chain, root, contracts.MakerOfMakers.Call("make", (BigInteger)number));
        return Address.FromBytes(receipt.Logs[^1].Data.AsSpan(44, 20));
    }

    private static Task<TransactionReceipt> CallAsync(TestChain chain, Address to, byte[] data) =>
        chain.SendAsync(chain.Accounts[0], to, data, Token);
}
