using System.Text.Json;
using Gplusck.Chain;
using Gplusck.Indexer.Tests.Chain;

namespace Gplusck.Indexer.Tests;

public sealed class IndexManifestTests(TestContracts contracts)
{
    private const string One = "0x1111111111111111111111111111111111111111";
    private const string Two = "0x2222222222222222222222222222222222222222";
    private const string Transfer =
        """
        {"type":"event","name":"Transfer","inputs":[
            {"name":"from","type":"address"},{"name":"to","type":"address"},{"name":"value","type":"uint256"}]}
        """;

    [Fact]
    public async Task A_file_is_read_with_its_abi_inline_or_beside_it()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        DirectoryInfo folder = Directory.CreateTempSubdirectory("gplusck manifest ");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "token.json"), contracts.Token.AbiJson, token);
        await File.WriteAllTextAsync(
            Path.Combine(folder.FullName, "artifact.json"),
            $$"""{"bytecode":"0x","abi":{{contracts.Zoo.AbiJson}} }""", token);
        string path = Path.Combine(folder.FullName, "manifest.json");
        await File.WriteAllTextAsync(
            path,
            $$"""
            {
              "schema": "my_index", // a comment
              "contracts": [
                {"name":"MyCoin","address":"{{One}}","startBlock":12,"abi":"token.json",
                 "projections":["erc20_balance"],"events":["Transfer"]},
                {"name":"zoo","address":"{{Two}}","abi":"artifact.json"},
              ]
            }
            """,
            token);

        IndexManifest manifest = await IndexManifest.LoadAsync(path, token);

        Assert.Equal(
            ("my_index", 12, 0), (manifest.Schema, manifest.Contracts[0].StartBlock, manifest.Contracts[1].StartBlock));
        Assert.Equal("my_coin_transfer", manifest.Plan.Tables[0].Name);
        Assert.Contains(manifest.Plan.Tables, table => table.Name == "zoo_numbers");
        Assert.Equal(["my_coin_balance"], manifest.Plan.Projections.Single().Tables);
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("{", "not JSON")]
    [InlineData("[]", "must be a JSON object")]
    [InlineData("""{"schema":"a"}""", "no \"contracts\"")]
    [InlineData("""{"schema":"a","contracts":[]}""", "names no contract")]
    [InlineData("""{"schema":"a","contracts":[],"shcema":1}""", "unknown key \"shcema\"")]
    public void A_wrong_manifest_is_one_sentence(string json, string expected) => AssertRefused(json, expected);

    [Theory]
    [InlineData("a; DROP TABLE x")]
    [InlineData("Upper")]
    [InlineData("pg_catalog")]
    [InlineData("information_schema")]
    [InlineData("1a")]
    [InlineData("")]
    public void A_schema_that_is_no_plain_name_is_refused(string schema) => AssertRefused(
        $$"""{"schema":{{JsonSerializer.Serialize(schema)}},"contracts":[{{Contract("A", One)}}]}""",
        "cannot name a schema");

    [Theory]
    [InlineData("\"name\":\"A\\\"b\"", "cannot name a contract")]
    [InlineData("\"name\":\"9a\"", "cannot name a contract")]
    [InlineData("\"address\":\"0x12\"", "Contract A: \"0x12\" is no address")]
    [InlineData("\"startBlock\":-1", "\"startBlock\" is negative")]
    [InlineData("\"startBlock\":\"1\"", "\"startBlock\" must be a whole number")]
    [InlineData("\"projections\":[\"erc21_balance\"]", "there is no projection \"erc21_balance\"")]
    [InlineData("\"projections\":\"erc20_balance\"", "\"projections\" must be a list")]
    [InlineData("\"events\":[\"Nope\"]", "no event \"Nope\"")]
    [InlineData("\"abi\":\"missing.json\"", "Contract A: its ABI cannot be used")]
    [InlineData("\"abi\":{}", "Contract A: its ABI cannot be used")]
    [InlineData("\"abi\":[],\"projections\":[\"erc20_balance\"]", "needs the event Transfer(address,address,uint256)")]
    [InlineData("\"abi\":[{\"type\":\"event\",\"name\":\"A\\\"; DROP\",\"inputs\":[]}]", "impossible name")]
    [InlineData(
        "\"abi\":[{\"type\":\"event\",\"name\":\"E\",\"inputs\":[{\"name\":\"a b\",\"type\":\"bool\"}]}]",
        "cannot be a column")]
    [InlineData("\"factory\":{\"contract\":\"B\",\"event\":\"E\",\"parameter\":\"a\"}", "both an \"address\" and a")]
    [InlineData("\"colour\":1", "unknown key \"colour\"")]
    public void A_wrong_contract_is_named(string member, string expected)
    {
        // A later key of the same name wins, so each case overrides one member of a sound contract.
        string contract = Contract("A", One)[..^1] + $",{member}}}";
        AssertRefused($$"""{"schema":"a","contracts":[{{contract}}]}""", expected);
    }

    [Fact]
    public void Contracts_that_would_share_a_name_an_address_or_a_table_are_refused()
    {
        AssertRefused(
            $$"""{"schema":"a","contracts":[{{Contract("FooBar", One)}},{{Contract("foo_bar", Two)}}]}""",
            "Two contracts");
        AssertRefused(
            $$"""{"schema":"a","contracts":[{{Contract("A", One)}},{{Contract("B", One)}}]}""", "Two contracts");
        string balance = Contract("A_Transfer", Two).Replace(
            "Transfer\",\"inputs", "B\",\"inputs", StringComparison.Ordinal);
        string transferB = Contract("A", One).Replace(
            "Transfer\",\"inputs", "TransferB\",\"inputs", StringComparison.Ordinal);
        AssertRefused($$"""{"schema":"a","contracts":[{{transferB}},{{balance}}]}""", "would be named a_transfer_b");
    }

    private static string Contract(string name, string address) =>
        $$"""{"name":"{{name}}","address":"{{address}}","abi":[{{Transfer}}]}""";

    private static void AssertRefused(string json, string expected)
    {
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => IndexManifest.Parse(json));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }
}
