using System.Text.Json;
using CsCheck;
using Gplusck.Chain.Abi;

namespace Gplusck.Chain.Tests.Abi;

public sealed class AbiTypeTests
{
    [Theory]
    [InlineData("uint", "uint256")]
    [InlineData("int", "int256")]
    [InlineData("bytes32[2][]", "bytes32[2][]")]
    [InlineData("(uint,(bool,string)[3])[]", "(uint256,(bool,string)[3])[]")]
    public void A_name_is_brought_to_its_canonical_form(string name, string canonical) =>
        Assert.Equal(canonical, AbiType.Parse(name).Name);

    [Theory]
    [InlineData("uint256", false, 32)]
    [InlineData("uint8[3]", false, 96)]
    [InlineData("(uint8,address)[2][2]", false, 256)]
    [InlineData("(uint8,string)", true, 32)]
    [InlineData("string[3]", true, 32)]
    [InlineData("uint8[]", true, 32)]
    public void A_type_knows_its_place_in_the_head(string name, bool isDynamic, int headBytes)
    {
        AbiType type = AbiType.Parse(name);
        Assert.Equal((isDynamic, headBytes), (type.IsDynamic, type.HeadBytes));
    }

    [Theory]
    [InlineData("")]
    [InlineData("uint7")]
    [InlineData("uint264")]
    [InlineData("uint08")]
    [InlineData("int0")]
    [InlineData("bytes0")]
    [InlineData("bytes33")]
    [InlineData("address20")]
    [InlineData("fixed128x18")]
    [InlineData("tuple")]
    [InlineData("()")]
    [InlineData("(uint8")]
    [InlineData("uint8)")]
    [InlineData("(uint8,)")]
    [InlineData("uint8[0]")]
    [InlineData("uint8[01]")]
    [InlineData("uint8[-1]")]
    [InlineData("uint8[")]
    [InlineData("uint8]")]
    [InlineData("uint8[99999999999]")]
    [InlineData("uint8[1000000000]")]
    [InlineData("string[10000000]")]
    [InlineData("uint256 ")]
    public void What_is_no_type_is_refused(string name) => Assert.Throws<AbiException>(() => AbiType.Parse(name));

    [Fact]
    public void Nesting_without_end_is_refused()
    {
        Assert.Throws<AbiException>(() => AbiType.Parse(new string('(', 100_000)));
        Assert.Throws<AbiException>(() => AbiType.Parse("uint8" + string.Concat(Enumerable.Repeat("[]", 100_000))));
        string nested = string.Concat(Enumerable.Repeat("""{"type":"tuple[][]","components":[""", 20))
            + """{"type":"bool"}"""
            + string.Concat(Enumerable.Repeat("]}", 20));
        Assert.Throws<AbiException>(() => AbiType.FromJson(JsonElement.Parse(nested)));
    }

    [Fact]
    public void Any_text_is_a_type_or_AbiException() => Gen.Char["uintbyes[](),0123456789 "].Array[0, 20].Sample(
        characters =>
        {
            try
            {
                Assert.NotNull(AbiType.Parse(new string(characters)));
            }
            catch (AbiException exception)
            {
                Assert.NotEmpty(exception.Message);
            }
        },
        iter: 10_000);

    [Theory]
    [InlineData("7")]
    [InlineData("{}")]
    [InlineData("[7]")]
    [InlineData("[{}]")]
    [InlineData("not json")]
    [InlineData("""[{"type":"function","name":"f","inputs":[{"type":"uint9"}]}]""")]
    [InlineData("""[{"type":"function","name":"f","inputs":[{"name":"x"}]}]""")]
    [InlineData("""[{"type":"event","name":"e","inputs":[7]}]""")]
    [InlineData("""[{"type":"event","name":7,"inputs":[]}]""")]
    public void What_is_no_ABI_is_refused(string json) => Assert.Throws<AbiException>(() => AbiContract.Parse(json));

    [Fact]
    public void An_artifact_is_read_as_the_ABI_in_it()
    {
        const string Abi = """[{"type":"function","name":"f","inputs":[],"outputs":[]},{"type":"receive"}]""";
        Assert.Equal("f()", Assert.Single(AbiContract.Parse(Abi).Functions).Signature);
        Assert.Equal("f()", Assert.Single(AbiContract.Parse($$"""{"abi":{{Abi}}}""").Functions).Signature);
    }
}
