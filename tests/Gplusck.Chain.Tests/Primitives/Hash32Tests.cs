using System.Text.Json;
using Gplusck.Chain.Primitives;

namespace Gplusck.Chain.Tests.Primitives;

public sealed class Hash32Tests(ITestOutputHelper output)
{
    [Fact]
    public void Bytes_text_and_json_come_back_and_order_is_that_of_the_number()
    {
        RandomValues random = new(output);
        Hash32[] hashes = [.. Enumerable.Range(0, 100).Select(_ => random.Hash()), Hash32.Zero];

        Assert.All(hashes, hash => Assert.Equal(hash, Hash32.FromBytes(hash.ToArray())));
        Assert.All(hashes, hash => Assert.Equal(hash, Hash32.Parse(hash.ToString())));
        Assert.Equal(hashes, JsonSerializer.Deserialize<Hash32[]>(JsonSerializer.Serialize(hashes)));
        Assert.Equal(hashes.OrderBy(hash => hash.ToString(), StringComparer.Ordinal), hashes.Order());
    }

    [Theory]
    [InlineData("0x")]
    [InlineData("0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a4")]
    [InlineData("c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a47000")]
    public void Text_that_is_no_hash_is_refused(string text)
    {
        Assert.False(Hash32.TryParse(text, out _));
        Assert.Throws<InvalidInputException>(() => Hash32.Parse(text));
    }

    [Theory]
    [InlineData("0x1")]
    [InlineData("1234")]
    [InlineData("0xzz")]
    [InlineData("")]
    public void Text_that_is_no_hex_is_refused(string text) =>
        Assert.Throws<InvalidInputException>(() => Hex.Parse(text));
}
