using System.Numerics;
using Gplusck.Tokenomics.Rules;

namespace Gplusck.Tokenomics.Tests.Rules;

public sealed class FootprintTests
{
    [Fact]
    public void A_kilowatt_hour_of_coal_is_820_grams() => Assert.Equal(820_000, Footprint.Milligrams(1_000, 820));

    [Fact]
    public void A_footprint_is_exact_beyond_64_bits() =>
        Assert.Equal(
            BigInteger.Parse("4294967295") * ulong.MaxValue,
            Footprint.Milligrams(ulong.MaxValue, uint.MaxValue));
}
