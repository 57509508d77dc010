using System.Text.Json;
using Gplusck.Chain.Primitives;
using Gplusck.Testing;

namespace Gplusck.Chain.Tests.Primitives;

public sealed class AddressTests(ITestOutputHelper output)
{
    private const string Checksummed = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";

    [Fact]
    public async Task Checksums_and_created_contracts_equal_those_of_viem_and_ethers()
    {
        RandomValues random = new(output);
        (Address Sender, ulong Nonce)[] cases =
        [
            .. Enumerable.Range(0, 130).Select(nonce => (random.Address(), (ulong)nonce)),
            .. Enumerable.Range(0, 270).Select(_ => (random.Address(), (ulong)random.Integer(53))),
        ];

        JsonElement expected = await NodeScript.RunAsync(
            """
            import { getAddress, getContractAddress } from 'viem';
            import { getAddress as checksum, getCreateAddress } from 'ethers';
            output(input.map(({ from, nonce }) => ({
                viem: [getAddress(from), getContractAddress({ from, nonce: BigInt(nonce) })],
                ethers: [checksum(from), getCreateAddress({ from, nonce: BigInt(nonce) })],
            })));
            """,
            cases.Select(given => new { from = given.Sender.ToString(), nonce = $"{given.Nonce}" }),
            TestContext.Current.CancellationToken);

        foreach (((Address sender, ulong nonce), JsonElement both) in cases.Zip(expected.EnumerateArray()))
        {
            string[] ours = [sender.ToChecksumString(), Address.Create(sender, nonce).ToChecksumString()];
            Assert.Equal(both.GetProperty("viem").EnumerateArray().Select(text => text.GetString()), ours);
            Assert.Equal(both.GetProperty("ethers").EnumerateArray().Select(text => text.GetString()), ours);
        }
    }

    [Theory]
    [InlineData(Checksummed)]
    [InlineData("0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed")]
    [InlineData("0x5AAEB6053F3E94C9B9A09F33669435E7EF1BEAED")]
    public void One_case_or_a_right_checksum_is_accepted(string text) =>
        Assert.Equal(Checksummed, Address.Parse(text).ToChecksumString());

    [Theory]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1Beaed")]
    [InlineData("0x5aaeb6053f3e94c9b9a09f33669435e7ef1beae")]
    [InlineData("0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed00")]
    [InlineData("5aaeb6053f3e94c9b9a09f33669435e7ef1beaed")]
    [InlineData("0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaeg")]
    [InlineData("")]
    public void Anything_else_is_one_sentence_of_refusal(string text) =>
        Assert.Contains("is not an address", Assert.Throws<InvalidInputException>(() => Address.Parse(text)).Message);

    [Fact]
    public void Json_carries_addresses_as_values_and_as_names()
    {
        Address address = Address.Parse(Checksummed);
        Dictionary<Address, Address> map = new() { [address] = address };

        string json = JsonSerializer.Serialize(map);

        Assert.Equal($$"""{"{{address}}":"{{address}}"}""", json);
        Assert.Equal(map, JsonSerializer.Deserialize<Dictionary<Address, Address>>(json));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Address>("\"0x12\""));
    }

    [Fact]
    public void Bytes_and_text_come_back_and_order_is_that_of_the_number()
    {
        RandomValues random = new(output);
        Address[] addresses = [.. Enumerable.Range(0, 100).Select(_ => random.Address())];

        Assert.All(addresses, address => Assert.Equal(address, Address.FromBytes(address.ToArray())));
        Assert.All(addresses, address => Assert.Equal(address, Address.Parse(address.ToString())));
        Assert.Equal(addresses.OrderBy(address => address.ToString(), StringComparer.Ordinal), addresses.Order());
    }
}
