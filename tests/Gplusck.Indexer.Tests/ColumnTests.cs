using System.Numerics;
using System.Text;
using System.Text.Json;
using Gplusck.Chain.Primitives;
using Gplusck.Indexer.Tests.Chain;
using Gplusck.Testing;

namespace Gplusck.Indexer.Tests;

public sealed class ColumnTests(PostgresFixture postgres, TestContracts contracts)
{
    [Fact, Trait("Needs", "Anvil")]
    public async Task Every_kind_of_input_lands_in_its_column()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        await using TestChain chain = await TestChain.StartAsync(token);
        await using Mirror mirror = new(await postgres.CreateDatabaseAsync(token));
        Address zoo = await chain.DeployAsync(contracts.Zoo, token);
        byte[] data = [0, 1, 255];
        foreach (byte[] call in (byte[][])
            [
                contracts.Zoo.Call("numbers", true), contracts.Zoo.Call("numbers", false),
                contracts.Zoo.Call("words", data, "nul \0 and grüße"), contracts.Zoo.Call("nested", "a\0b"),
                contracts.Zoo.Call("others"), contracts.Zoo.Call("forge"),
            ])
        {
            await chain.SendAsync(chain.Accounts[0], zoo, call, token);
        }

        LogLines log = new();
        IndexManifest manifest = new("zoo", [new IndexedContract("Zoo", zoo, 0, contracts.Zoo.Abi, [])]);
        await mirror.Run(manifest, chain.Client, to: 7, logger: log).RunAsync(token);

        await AssertNumbersAsync(mirror, token);
        await AssertWordsAsync(mirror, chain.Accounts[0], data, token);
        await AssertNestedAsync(mirror, token);
        await AssertOthersAsync(mirror, token);
        Assert.Equal(
            ("Numbers(uint8,uint56,uint64,uint256,int64,int72,int256)", zoo, 33),
            await mirror.SingleAsync<(string, Address, int)>(
                "SELECT split_part(reason, ': ', 1), address, length(data) FROM zoo.undecoded", token));
        Assert.Contains(
            log.Lines, line => line.StartsWith("Block 7, log 0 does not fit the ABI", StringComparison.Ordinal));
    }

    private static async Task AssertNumbersAsync(Mirror mirror, CancellationToken token)
    {
        Assert.Equal(
            "a bigint, b bigint, c numeric, d numeric, e bigint, f numeric, g numeric", await TypesAsync(
                mirror, "zoo_numbers", token));
        Assert.Equal(
            [
                (255, (1L << 56) - 1, ulong.MaxValue, BigInteger.Pow(2, 256) - 1, long.MaxValue,
                    BigInteger.Pow(2, 255) - 1),
                (0, 0, BigInteger.Zero, BigInteger.Zero, long.MinValue, -BigInteger.Pow(2, 255)),
            ],
            await mirror.QueryAsync<(long, long, BigInteger, BigInteger, long, BigInteger)>(
                "SELECT a, b, c, d, e, g FROM zoo.zoo_numbers ORDER BY block_number", token));
        Assert.Equal(
            [BigInteger.Pow(2, 71) - 1, -BigInteger.Pow(2, 71)],
            await mirror.QueryAsync<BigInteger>("SELECT f FROM zoo.zoo_numbers ORDER BY block_number", token));
    }

    private static async Task AssertWordsAsync(Mirror mirror, Address sender, byte[] data, CancellationToken token)
    {
        Assert.Equal(
            "who bytea, word bytea, three bytea, yes boolean, data bytea, text text", await TypesAsync(
                mirror, "zoo_words", token));
        (Address who, Hash32 word, byte[] three, bool yes, byte[] stored, string text) =
            await mirror.SingleAsync<(Address, Hash32, byte[], bool, byte[], string)>(
                "SELECT who, word, three, yes, data, text FROM zoo.zoo_words", token);
        Assert.Equal((sender, Keccak.Hash(data), true), (who, word, yes));
        Assert.Equal([1, 2, 3], three);
        Assert.Equal(data, stored);
        Assert.Equal("nul \uFFFD and grüße", text);
    }

    private static async Task AssertNestedAsync(Mirror mirror, CancellationToken token)
    {
        Assert.Equal("outer jsonb, list jsonb, blobs jsonb, grid jsonb", await TypesAsync(mirror, "zoo_nested", token));
        string[] parts = [.. await mirror.QueryAsync<string>(
            """SELECT unnest(ARRAY["outer", list, blobs, grid])::text FROM zoo.zoo_nested""", token)];
        const string Zero = "0x0000000000000000000000000000000000000000";
        AssertJson(
            $$"""
            {"name":"a\uFFFDb","on":true,"pair":["{{BigInteger.Pow(2, 256) - 1}}","7"],"inner":[
                {"who":"{{Zero}}","tag":"0x00000000","shift":"0"},
                {"who":"0x0000000000000000000000000000000000001234","tag":"0xdeadbeef","shift":"-5"}]}
            """,
            parts[0]);
        AssertJson($"""["{BigInteger.Pow(2, 200)}"]""", parts[1]);
        AssertJson("""["0x","0x00ff"]""", parts[2]);
        AssertJson("[[true,false]]", parts[3]);
    }

    private static async Task AssertOthersAsync(Mirror mirror, CancellationToken token)
    {
        (byte[] name, byte[] data, byte[] list) =
            await mirror.SingleAsync<(byte[], byte[], byte[])>("SELECT name, data, list FROM zoo.zoo_hashed", token);
        byte[] words = new byte[64];
        words[^1] = 3;
        Assert.Equal(Keccak.Hash(Encoding.UTF8.GetBytes("name")).ToArray(), name);
        Assert.Equal(Keccak.Hash(Encoding.UTF8.GetBytes("data")).ToArray(), data);
        Assert.Equal(Keccak.Hash(words).ToArray(), list);
        Assert.Equal(
            (1, 2, 3, 4, 5, 6, 7),
            await mirror.SingleAsync<(int, int, int, int, int, int, int)>(
                """SELECT block_number_, "from", "select", arg_3, xmin_, value, value_ FROM zoo.zoo_names""", token));
        string number = Keccak.Hash(Encoding.UTF8.GetBytes("Overload(uint256)")).ToString()[2..10];
        string text = Keccak.Hash(Encoding.UTF8.GetBytes("Overload(string)")).ToString()[2..10];
        Assert.Equal("1", await mirror.SingleAsync<string>($"SELECT a::text FROM zoo.zoo_overload_{number}", token));
        Assert.Equal("one", await mirror.SingleAsync<string>($"SELECT a FROM zoo.zoo_overload_{text}", token));
        Assert.Equal(1, await mirror.SingleAsync<long>("SELECT count(*) FROM zoo.zoo_nothing", token));
        string longest = await mirror.SingleAsync<string>(
            "SELECT tablename FROM pg_tables WHERE tablename LIKE 'zoo_an_event%'", token);
        Assert.Equal(63, longest.Length);
        Assert.Equal(9, await mirror.SingleAsync<int>($"SELECT a FROM zoo.{longest}", token));
        Assert.Equal(
            "1", await mirror.SingleAsync<string>("SELECT string_agg(a::text, ',') FROM zoo.zoo_ghost", token));
    }

    private static void AssertJson(string expected, string actual)
    {
        using JsonDocument left = JsonDocument.Parse(expected);
        using JsonDocument right = JsonDocument.Parse(actual);
        Assert.True(JsonElement.DeepEquals(left.RootElement, right.RootElement), actual);
    }

    private static Task<string> TypesAsync(Mirror mirror, string table, CancellationToken token) =>
        mirror.SingleAsync<string>(
            $"""
            SELECT string_agg(column_name || ' ' || data_type, ', ' ORDER BY ordinal_position)
            FROM information_schema.columns
            WHERE table_schema = 'zoo' AND table_name = '{table}' AND ordinal_position > 5
            """,
            token);
}
