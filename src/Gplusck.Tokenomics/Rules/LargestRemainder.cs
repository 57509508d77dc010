using System.Numerics;

namespace Gplusck.Tokenomics.Rules;

/// <summary>Divides a budget in proportion to weights without losing or inventing a wei.</summary>
/// <remarks>
/// Everyone first gets budget × weight / sum, rounded down. The few wei left go one each to the largest remainders of
/// that division; equal remainders are served in ascending order (of position, or of account).
/// </remarks>
public static class LargestRemainder
{
    /// <summary>Parts in the order of <paramref name="weights"/>; they add up to <paramref name="budget"/>
    /// exactly.</summary>
    /// <exception cref="ArgumentException">A negative budget or weight, or a budget and nothing to divide it
    /// by.</exception>
    public static IReadOnlyList<BigInteger> Split(BigInteger budget, IReadOnlyList<BigInteger> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        BigInteger sum = weights.Aggregate(BigInteger.Zero, (total, weight) => weight.Sign < 0
            ? throw new ArgumentException("A weight is negative.", nameof(weights))
            : total + weight);
        if (budget.Sign < 0 || (budget.Sign > 0 && sum.IsZero))
        {
            throw new ArgumentException("The budget is negative, or no weight is positive.", nameof(budget));
        }

        BigInteger[] parts = new BigInteger[weights.Count];
        if (budget.IsZero)
        {
            return parts;
        }

        BigInteger[] remainders = new BigInteger[weights.Count];
        BigInteger left = budget;
        for (int position = 0; position < parts.Length; position++)
        {
            parts[position] = BigInteger.DivRem(budget * weights[position], sum, out remainders[position]);
            left -= parts[position];
        }

        // OrderByDescending is stable: equal remainders stay in ascending order of position.
        IEnumerable<int> served = Enumerable.Range(0, parts.Length).OrderByDescending(position => remainders[position]);
        foreach (int position in served.Take((int)left))
        {
            parts[position]++;
        }

        return parts;
    }

    /// <summary>As <see cref="Split(BigInteger, IReadOnlyList{BigInteger})"/>, by account; ascending by
    /// account.</summary>
    /// <remarks>The order of <paramref name="weights"/> does not matter. An account may appear once.</remarks>
    public static IReadOnlyList<AccountAmount> Split(BigInteger budget, IReadOnlyCollection<AccountAmount> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        AccountAmount[] sorted = [.. weights.OrderBy(weight => weight.Account)];
        IReadOnlyList<BigInteger> parts = Split(budget, [.. sorted.Select(weight => weight.Amount)]);
        return [.. sorted.Select((weight, position) => weight with { Amount = parts[position] })];
    }
}
