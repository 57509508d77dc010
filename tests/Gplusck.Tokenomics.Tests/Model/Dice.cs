using System.Numerics;

namespace Gplusck.Tokenomics.Tests.Model;

/// <summary>Seeded chance.</summary>
internal sealed class Dice(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>0 to <paramref name="count"/> − 1.</summary>
    public int Below(int count) => _random.Next(count);

    public bool OneIn(int count) => Below(count) == 0;

    public T Pick<T>(IReadOnlyCollection<T> from) => from.ElementAt(Below(from.Count));

    /// <summary>An amount around what is possible: often a part of it, sometimes all, nothing, 1, or 1 too
    /// many.</summary>
    public BigInteger Amount(BigInteger most) => Below(16) switch
    {
        0 => 0,
        1 => most + 1,
        2 => BigInteger.Min(1, most),
        3 or 4 => most,
        5 => BigInteger.Min(most, Below(1_000_000)),
        _ => most * Below(1_000_001) / 1_000_000,
    };
}
