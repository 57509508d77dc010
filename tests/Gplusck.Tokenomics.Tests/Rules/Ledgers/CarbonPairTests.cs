using System.Numerics;
using CsCheck;
using Gplusck.Tokenomics.Rules.Ledgers;

namespace Gplusck.Tokenomics.Tests.Rules.Ledgers;

public sealed class CarbonPairTests
{
    private static readonly Gen<BigInteger> Reserves = Amounts.UpToBits(100).Select(amount => amount + 1);

    [Fact]
    public void A_swap_never_lowers_the_product_and_never_empties_a_side() =>
        Gen.Select(Reserves, Reserves, Amounts.UpToBits(100), Gen.Int[0, 300]).Sample((a, b, amount, fee) =>
        {
            BigInteger given = CarbonPair.Given(amount, a, b, fee);
            Assert.InRange(given, BigInteger.Zero, b - 1);
            Assert.True((a + amount) * (b - given) >= a * b);
        });

    [Fact]
    public void Swapping_there_and_back_never_gains() =>
        Gen.Select(Reserves, Reserves, Amounts.UpToBits(100), Gen.Int[0, 300]).Sample((a, b, amount, fee) =>
        {
            BigInteger given = CarbonPair.Given(amount, a, b, fee);
            Assert.InRange(CarbonPair.Given(given, b - given, a + amount, fee), BigInteger.Zero, amount);
        });

    [Fact]
    public void Adding_and_removing_liquidity_never_gains() =>
        Gen.Select(Reserves, Reserves, Reserves, Amounts.UpToBits(100), Amounts.UpToBits(100))
            .Sample((a, b, supply, maximumA, maximumB) =>
        {
            CarbonPair pair = new(a, b, supply);
            (BigInteger addedA, BigInteger addedB) = pair.Matching(maximumA, maximumB);
            Assert.InRange(addedA, BigInteger.Zero, maximumA);
            Assert.InRange(addedB, BigInteger.Zero, maximumB);
            BigInteger earned = pair.Earned(addedA, addedB);
            CarbonPair after = new(a + addedA, b + addedB, supply + earned);
            (BigInteger backA, BigInteger backB) = after.Worth(earned);
            Assert.True(backA <= addedA && backB <= addedB);
        });

    [Fact]
    public void The_root_is_the_largest_number_whose_square_fits() => Amounts.UpToBits(224).Sample(value =>
    {
        BigInteger root = CarbonPair.Root(value);
        Assert.True(root * root <= value && (root + 1) * (root + 1) > value);
    });
}
