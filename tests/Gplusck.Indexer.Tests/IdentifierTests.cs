using Gplusck.Indexer.Schema;

namespace Gplusck.Indexer.Tests;

public sealed class IdentifierTests
{
    [Theory]
    [InlineData("Transfer", "transfer")]
    [InlineData("batchId", "batch_id")]
    [InlineData("energyWh", "energy_wh")]
    [InlineData("tokenURI", "token_uri")]
    [InlineData("URIChanged", "uri_changed")]
    [InlineData("sqrtPriceX96", "sqrt_price_x96")]
    [InlineData("EIP712DomainChanged", "eip712_domain_changed")]
    [InlineData("_value", "value")]
    [InlineData("already_snake", "already_snake")]
    [InlineData("Mixed_Case", "mixed_case")]
    [InlineData("$amount", "$amount")]
    [InlineData("_", "")]
    public void Solidity_names_become_snake_case(string name, string expected) =>
        Assert.Equal(expected, Identifier.SnakeCase(name));
}
