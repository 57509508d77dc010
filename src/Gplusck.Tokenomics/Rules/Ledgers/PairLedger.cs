using System.Numerics;
using Gplusck.Chain.Primitives;

namespace Gplusck.Tokenomics.Rules.Ledgers;

/// <summary>The pair of GPUCK and pool units, as <c>CarbonPair</c> keeps it.</summary>
/// <remarks>Deadlines and approvals are taken for granted.</remarks>
/// <param name="gpuck">The books of GPUCK.</param>
/// <param name="units">The books of the pool's units.</param>
/// <param name="terms">The terms.</param>
/// <param name="pair">The account that holds the reserves.</param>
/// <param name="nobody">The account that holds the locked liquidity.</param>
public sealed class PairLedger(TokenLedger gpuck, TokenLedger units, Terms terms, Address pair, Address nobody)
{
    private const int ReserveBits = 112;

    /// <summary>The reserves.</summary>
    public CarbonPair Reserves { get; private set; }

    /// <summary>Who owns which part of the reserves.</summary>
    public TokenLedger Liquidity { get; } = new();

    /// <summary>Adds the most of both that fits the maxima and the price.</summary>
    public void Add(Address account, BigInteger maximumGpuck, BigInteger maximumUnits, BigInteger minimumLiquidity)
    {
        (BigInteger addedGpuck, BigInteger addedUnits) = Reserves.Matching(maximumGpuck, maximumUnits);
        BigInteger earned = Reserves.Earned(addedGpuck, addedUnits);
        bool first = Reserves.Liquidity.IsZero;
        RefusedException.If(first && earned <= 0, "TooLittle");
        RefusedException.If(earned.IsZero, "ZeroAmount");
        RefusedException.If(earned < minimumLiquidity, "TooLittle");
        CarbonPair after = Checked(
            Reserves.Gpuck + addedGpuck, Reserves.Units + addedUnits,
            Reserves.Liquidity + earned + (first ? CarbonPair.LockedLiquidity : 0));
        gpuck.RequireBalance(account, addedGpuck);
        units.RequireBalance(account, addedUnits);

        if (first)
        {
            Liquidity.Mint(nobody, CarbonPair.LockedLiquidity);
        }

        Liquidity.Mint(account, earned);
        gpuck.Transfer(account, pair, addedGpuck);
        units.Transfer(account, pair, addedUnits);
        Reserves = after;
    }

    /// <summary>Takes a part of both out.</summary>
    public void Remove(Address account, BigInteger liquidity, BigInteger minimumGpuck, BigInteger minimumUnits)
    {
        RefusedException.If(liquidity.IsZero, "ZeroAmount");
        Liquidity.RequireBalance(account, liquidity);
        (BigInteger outGpuck, BigInteger outUnits) = Reserves.Worth(liquidity);
        RefusedException.If(outGpuck < minimumGpuck || outUnits < minimumUnits, "TooLittle");
        Liquidity.Burn(account, liquidity);
        gpuck.Transfer(pair, account, outGpuck);
        units.Transfer(pair, account, outUnits);
        Reserves = new CarbonPair(
            Reserves.Gpuck - outGpuck, Reserves.Units - outUnits, Reserves.Liquidity - liquidity);
    }

    /// <summary>Pays GPUCK for units.</summary>
    public BigInteger Buy(Address account, BigInteger gpuckIn, BigInteger minimumUnits, Address to)
    {
        BigInteger given = Given(gpuckIn, Reserves.Gpuck, Reserves.Units, minimumUnits);
        CarbonPair after = Checked(Reserves.Gpuck + gpuckIn, Reserves.Units - given, Reserves.Liquidity);
        gpuck.Transfer(account, pair, gpuckIn);
        units.Transfer(pair, to, given);
        Reserves = after;
        return given;
    }

    /// <summary>Pays units for GPUCK.</summary>
    public BigInteger Sell(Address account, BigInteger unitsIn, BigInteger minimumGpuck, Address to)
    {
        BigInteger given = Given(unitsIn, Reserves.Units, Reserves.Gpuck, minimumGpuck);
        CarbonPair after = Checked(Reserves.Gpuck - given, Reserves.Units + unitsIn, Reserves.Liquidity);
        units.Transfer(account, pair, unitsIn);
        gpuck.Transfer(pair, to, given);
        Reserves = after;
        return given;
    }

    private BigInteger Given(BigInteger amountIn, BigInteger reserveIn, BigInteger reserveOut, BigInteger minimum)
    {
        if (!amountIn.IsZero && !reserveIn.IsZero)
        {
            RefusedException.IfOver(ReserveBits, amountIn);
        }

        BigInteger given = CarbonPair.Given(amountIn, reserveIn, reserveOut, terms.SwapBps);
        RefusedException.If(given.IsZero, "ZeroAmount");
        RefusedException.If(given < minimum, "TooLittle");
        return given;
    }

    private static CarbonPair Checked(BigInteger gpuck, BigInteger units, BigInteger liquidity)
    {
        RefusedException.IfOver(ReserveBits, gpuck);
        RefusedException.IfOver(ReserveBits, units);
        return new CarbonPair(gpuck, units, liquidity);
    }
}
