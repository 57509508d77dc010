using System.Numerics;
using System.Text.Json;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Signing;
using Gplusck.Testing;

namespace Gplusck.Chain.Tests.Signing;

public sealed class Eip712HashTests(ITestOutputHelper output)
{
    private static readonly Dictionary<string, IReadOnlyList<TypedDataField>> Types = new()
    {
        ["Order"] =
        [
            new("maker", "Party"), new("items", "Item[]"), new("pair", "Item[2]"), new("note", "string"),
            new("blob", "bytes"), new("open", "bool"), new("delta", "int64"), new("tag", "bytes4"),
            new("grid", "uint8[2][]"),
        ],
        ["Party"] = [new("account", "address"), new("salt", "bytes32")],
        ["Item"] = [new("id", "uint256"), new("owner", "Party"), new("loss", "int256")],
    };

    [Fact]
    public async Task Digests_and_signatures_equal_those_of_viem_and_ethers()
    {
        RandomValues random = new(output);
        (TypedDataDomain Domain, Dictionary<string, object> Order)[] cases =
            [.. Enumerable.Range(0, 150).Select(_ => (Domain(random), Order(random)))];
        const string Key = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";

        JsonElement expected = await NodeScript.RunAsync(
            """
            import { hashTypedData } from 'viem';
            import { privateKeyToAccount } from 'viem/accounts';
            import { TypedDataEncoder, Wallet } from 'ethers';
            const { types, key } = input;
            output(await Promise.all(input.cases.map(async ({ domain, message }) => [
                hashTypedData({ domain, types, primaryType: 'Order', message }),
                TypedDataEncoder.hash(domain, types, message),
                await privateKeyToAccount(key).signTypedData({ domain, types, primaryType: 'Order', message }),
                await new Wallet(key).signTypedData(domain, types, message),
            ])));
            """,
            new
            {
                key = Key,
                types = Types.ToDictionary(
                    type => type.Key, type => type.Value.Select(field => new { name = field.Name, type = field.Type })),
                cases = cases.Select(given => new { domain = ToJson(given.Domain), message = ToJson(given.Order) }),
            },
            TestContext.Current.CancellationToken);

        PrivateKey signer = PrivateKey.Parse(Key);
        foreach (((TypedDataDomain domain, Dictionary<string, object> order), JsonElement all) in
            cases.Zip(expected.EnumerateArray()))
        {
            Hash32 digest = Eip712Hash.Of(domain, "Order", Types, order);
            string signature = Hex.ToHex(signer.Sign(digest).ToArray());
            string[] theirs = [.. all.EnumerateArray().Select(text => text.GetString()!)];
            Assert.Equal([$"{digest}", $"{digest}", signature, signature], theirs);
        }
    }

    [Theory]
    [InlineData("uint8", 256)]
    [InlineData("uint8", -1)]
    [InlineData("int8", 128)]
    [InlineData("int8", -129)]
    [InlineData("uint7", 1)]
    [InlineData("uint264", 1)]
    [InlineData("bool", 1)]
    [InlineData("bytes4", 1)]
    [InlineData("address", 1)]
    [InlineData("Nothing", 1)]
    public void A_value_that_does_not_fit_its_type_is_refused(string type, int value) =>
        Assert.Throws<InvalidInputException>(() => HashOf(type, new BigInteger(value)));

    [Fact]
    public void Missing_unknown_and_miscounted_members_are_refused()
    {
        TypedDataDomain domain = new("Gplusck", "1", 31337, Address.Zero);
        Dictionary<string, IReadOnlyList<TypedDataField>> types = new() { ["One"] = [new("value", "uint256")] };

        Dictionary<string, object> none = [];
        Dictionary<string, object> unknown = new() { ["other"] = 1 };
        Assert.Throws<InvalidInputException>(() => Eip712Hash.Of(domain, "Two", types, none));
        Assert.Throws<InvalidInputException>(() => Eip712Hash.Of(domain, "One", types, none));
        Assert.Throws<InvalidInputException>(() => Eip712Hash.Of(domain, "One", types, unknown));
        Assert.Throws<InvalidInputException>(() => HashOf("uint8[2]", new object[] { 1, 2, 3 }));
        Assert.Throws<InvalidInputException>(() => HashOf("bytes4", new byte[5]));
    }

    private static Hash32 HashOf(string type, object value) => Eip712Hash.Of(
        new TypedDataDomain("Gplusck", "1", 31337, Address.Zero),
        "One",
        new Dictionary<string, IReadOnlyList<TypedDataField>> { ["One"] = [new("value", type)] },
        new Dictionary<string, object> { ["value"] = value });

    private static TypedDataDomain Domain(RandomValues random) => new(
        random.Next(5) == 0 ? null : $"App {random.Next(100)} é",
        random.Next(5) == 0 ? null : "1",
        random.Next(5) == 0 ? null : (long)random.Integer(50),
        random.Next(5) == 0 ? null : random.Address(),
        random.Next(5) == 0 ? random.Hash() : null);

    private static Dictionary<string, object> Order(RandomValues random) => new()
    {
        ["maker"] = Party(random),
        ["items"] = Enumerable.Range(0, random.Next(4)).Select(_ => Item(random)).ToArray(),
        ["pair"] = new[] { Item(random), Item(random) },
        ["note"] = new string('ü', random.Next(40)),
        ["blob"] = random.Bytes(random.Next(70)),
        ["open"] = random.Next(2) == 0,
        ["delta"] = (long)random.Integer(63) * (random.Next(2) == 0 ? -1 : 1),
        ["tag"] = random.Bytes(4),
        ["grid"] = Enumerable.Range(0, random.Next(3))
            .Select(_ => new object[] { random.Next(256), (byte)7 }).ToArray(),
    };

    private static Dictionary<string, object> Party(RandomValues random) =>
        new() { ["account"] = random.Address(), ["salt"] = random.Hash() };

    private static Dictionary<string, object> Item(RandomValues random) => new()
    {
        ["id"] = random.Integer(256),
        ["owner"] = Party(random),
        ["loss"] = -random.Integer(255),
    };

    private static Dictionary<string, object> ToJson(TypedDataDomain domain)
    {
        (string Name, object? Value)[] members =
        [
            ("name", domain.Name), ("version", domain.Version), ("chainId", domain.ChainId),
            ("verifyingContract", domain.VerifyingContract), ("salt", domain.Salt),
        ];
        return members.Where(member => member.Value is not null)
            .ToDictionary(member => member.Name, member => member.Value!);
    }

    private static object ToJson(object value) => value switch
    {
        Dictionary<string, object> members =>
            members.ToDictionary(member => member.Key, member => ToJson(member.Value)),
        byte[] bytes => Hex.ToHex(bytes),
        Array elements => elements.Cast<object>().Select(ToJson).ToArray(),
        BigInteger or long => $"{value}",
        _ => value,
    };
}
