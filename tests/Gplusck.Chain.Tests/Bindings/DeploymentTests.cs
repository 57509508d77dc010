using System.Text.Json;
using Gplusck.Chain.Bindings;
using Gplusck.Chain.Primitives;

namespace Gplusck.Chain.Tests.Bindings;

public sealed class DeploymentTests
{
    private static readonly Dictionary<string, string> Addresses = ContractAbi.Names
        .Select((name, index) => (name, index))
        .ToDictionary(pair => pair.name, pair => $"0x{pair.index + 1:x40}");

    [Fact]
    public void Each_contract_is_bound_at_its_address()
    {
        Deployment deployment = Deployment.Parse(Json(31_337, 5, Addresses));
        Assert.Equal((31_337UL, 5L), (deployment.ChainId, deployment.Block));
        foreach ((string name, string address) in Addresses)
        {
            object contract = typeof(Deployment).GetProperty(name)!.GetValue(deployment)!;
            Assert.Equal(Address.Parse(address), contract.GetType().GetProperty("Address")!.GetValue(contract));
            Assert.Equal(Address.Parse(address), deployment.Addresses[name]);
        }
    }

    [Fact]
    public void A_contract_that_is_missing_is_named()
    {
        Dictionary<string, string> some = new(Addresses);
        some.Remove("StakeVault");
        InvalidInputException refused = Assert.Throws<InvalidInputException>(() => Deployment.Parse(Json(1, 0, some)));
        Assert.Equal("It has no address for StakeVault.", refused.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"chainId":1,"block":0}""")]
    [InlineData("""{"chainId":0,"block":0,"contracts":{}}""")]
    [InlineData("""{"chainId":1,"block":-1,"contracts":{}}""")]
    [InlineData("""{"chainId":1,"block":0,"contracts":{"Gpuck":"0x12"}}""")]
    public void What_is_no_deployment_is_refused(string json) =>
        Assert.Throws<InvalidInputException>(() => Deployment.Parse(json));

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        InvalidInputException refused = Assert.Throws<InvalidInputException>(() => Deployment.Load("/no/such.json"));
        Assert.Contains("/no/such.json", refused.Message, StringComparison.Ordinal);
    }

    private static string Json(ulong chainId, long block, Dictionary<string, string> contracts) =>
        JsonSerializer.Serialize(new { chainId, block, contracts });
}
