using System.Numerics;
using CsCheck;
using Gplusck.Tokenomics.Rules;

namespace Gplusck.Tokenomics.Tests.Rules;

public sealed class LargestRemainderTests
{
    private static readonly Gen<(BigInteger Budget, AccountAmount[] Weights)> Cases =
        Gen.Select(Amounts.UpToBits(120), Amounts.Book(40, 90))
            .Where((_, weights) => weights.Any(weight => weight.Amount > 0));

    [Fact]
    public void Parts_add_up_to_the_budget_and_each_is_within_one_wei_of_its_exact_share() =>
        Cases.Sample((budget, weights) =>
    {
        BigInteger sum = weights.Select(weight => weight.Amount).Sum();
        IReadOnlyList<BigInteger> parts = LargestRemainder.Split(budget, [.. weights.Select(weight => weight.Amount)]);

        Assert.Equal(budget, parts.Sum());
        foreach ((AccountAmount weight, BigInteger part) in weights.Zip(parts))
        {
            BigInteger floor = budget * weight.Amount / sum;
            Assert.InRange(part, floor, floor + (weight.Amount.IsZero ? 0 : 1));
        }
    });

    [Fact]
    public void The_order_in_which_accounts_are_given_does_not_matter() => Cases.Sample((budget, weights) =>
    {
        IReadOnlyList<AccountAmount> forward = LargestRemainder.Split(budget, weights);
        IReadOnlyList<AccountAmount> backward = LargestRemainder.Split(budget, weights.Reverse().ToArray());

        Assert.Equal(forward, backward);
        Assert.Equal(forward.OrderBy(part => part.Account), forward);
    });

    [Fact]
    public void More_weight_never_gets_less() => Cases.Sample((budget, weights) =>
    {
        IReadOnlyList<BigInteger> parts = LargestRemainder.Split(budget, [.. weights.Select(weight => weight.Amount)]);
        (AccountAmount Weight, BigInteger Part)[] ascending =
            [.. weights.Zip(parts).OrderBy(pair => pair.First.Amount).ThenBy(pair => pair.Second)];
        for (int position = 1; position < ascending.Length; position++)
        {
            bool heavier = ascending[position].Weight.Amount > ascending[position - 1].Weight.Amount;
            Assert.True(!heavier || ascending[position].Part >= ascending[position - 1].Part);
        }
    });

    [Fact]
    public void The_wei_left_over_go_to_the_largest_remainders_and_ties_to_the_first()
    {
        // 10 over 1:1:1 is 3, 3, 3 and one left; 11 over 1:2:3 is 1.83, 3.67, 5.5: the two left go to .83 and .67.
        Assert.Equal([4, 3, 3], LargestRemainder.Split(10, [1, 1, 1]));
        Assert.Equal([2, 4, 5], LargestRemainder.Split(11, [1, 2, 3]));
    }

    [Fact]
    public void A_budget_without_any_weight_is_refused_and_nothing_divides_into_nothing()
    {
        Assert.Throws<ArgumentException>(() => LargestRemainder.Split(1, [BigInteger.Zero]));
        Assert.Throws<ArgumentException>(() => LargestRemainder.Split(1, new BigInteger[] { 2, -1 }));
        Assert.Equal([0, 0], LargestRemainder.Split(0, new BigInteger[2]));
    }
}
