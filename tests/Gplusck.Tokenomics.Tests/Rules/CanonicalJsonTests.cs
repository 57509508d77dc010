using System.Text.Json;
using Gplusck.Tokenomics.Rules;

namespace Gplusck.Tokenomics.Tests.Rules;

public sealed class CanonicalJsonTests
{
    [Fact]
    public void Order_and_white_space_do_not_change_the_bytes() => Assert.Equal(
        """{"a":[1,{"x":null,"y":"0xAb"}],"b":{},"epochs":"12"}""",
        CanonicalJson.TextOf(""" { "epochs" : "12", "b": { }, "a": [ 1 , {"y":"0xAb", "x": null} ] } """));

    [Fact]
    public void Text_that_is_not_json_is_refused() =>
        Assert.ThrowsAny<JsonException>(() => CanonicalJson.TextOf("""{"a":1"""));
}
