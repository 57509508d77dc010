using System.Numerics;

namespace Gplusck.Tokenomics.Rules.Ledgers;

/// <summary>The reserves of a constant-product pair, and the arithmetic of its swaps.</summary>
/// <param name="Gpuck">Wei of GPUCK.</param>
/// <param name="Units">Units of the carbon pool.</param>
/// <param name="Liquidity">Shares of the reserves.</param>
public readonly record struct CarbonPair(BigInteger Gpuck, BigInteger Units, BigInteger Liquidity)
{
    /// <summary>Liquidity of the first deposit that no one owns.</summary>
    public const int LockedLiquidity = 1_000;

    private const int Whole = 10_000;

    /// <summary>What <paramref name="amountIn"/> buys: (in + amount less fee) × (out − answer) = in × out, rounded
    /// down.</summary>
    public static BigInteger Given(BigInteger amountIn, BigInteger reserveIn, BigInteger reserveOut, int feeBps)
    {
        if (amountIn.IsZero || reserveIn.IsZero)
        {
            return BigInteger.Zero;
        }

        BigInteger weighted = amountIn * (Whole - feeBps);
        return weighted * reserveOut / ((reserveIn * Whole) + weighted);
    }

    /// <summary>The most of both within two maxima at the present price; the dependent side is rounded up.</summary>
    public (BigInteger Gpuck, BigInteger Units) Matching(BigInteger maximumGpuck, BigInteger maximumUnits)
    {
        if (Liquidity.IsZero)
        {
            return (maximumGpuck, maximumUnits);
        }

        BigInteger units = (maximumGpuck * Units).DivideUp(Gpuck);
        return units <= maximumUnits
            ? (maximumGpuck, units)
            : ((maximumUnits * Gpuck).DivideUp(Units), maximumUnits);
    }

    /// <summary>Liquidity that a deposit of both earns; the first one's is the root of the product less what is
    /// locked, and negative when that does not reach.</summary>
    public BigInteger Earned(BigInteger gpuck, BigInteger units) => Liquidity.IsZero
        ? Root(gpuck * units) - LockedLiquidity
        : BigInteger.Min(gpuck * Liquidity / Gpuck, units * Liquidity / Units);

    /// <summary>What <paramref name="liquidity"/> is worth of both, rounded down.</summary>
    public (BigInteger Gpuck, BigInteger Units) Worth(BigInteger liquidity) =>
        (liquidity * Gpuck / Liquidity, liquidity * Units / Liquidity);

    /// <summary>The integer square root, rounded down.</summary>
    public static BigInteger Root(BigInteger value)
    {
        if (value.IsZero)
        {
            return value;
        }

        // Newton's method from above falls until it is there.
        BigInteger root = BigInteger.One << (int)((value.GetBitLength() + 1) / 2);
        while (true)
        {
            BigInteger next = (root + (value / root)) / 2;
            if (next >= root)
            {
                return root;
            }

            root = next;
        }
    }
}
