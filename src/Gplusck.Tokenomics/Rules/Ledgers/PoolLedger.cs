using System.Numerics;
using Gplusck.Chain.Bindings;
using Gplusck.Chain.Primitives;

namespace Gplusck.Tokenomics.Rules.Ledgers;

/// <summary>A pool of certificates against units, as <c>CarbonPool</c> keeps it.</summary>
/// <remarks>A Wh is 1e18 units; units in circulation and fees together are what the pool holds.</remarks>
/// <param name="certificates">The books of the certificates.</param>
/// <param name="terms">The terms.</param>
/// <param name="pool">The account that holds the certificates.</param>
/// <param name="minimumTier">The pool takes no tier below.</param>
/// <param name="minimumHour">The pool takes no hour before.</param>
/// <param name="isFinal">Whether a node's hour can no longer be disputed at a time.</param>
public sealed class PoolLedger(
    CertificateLedger certificates, Terms terms, Address pool, MeasurementTier minimumTier, uint minimumHour,
    Func<long, uint, long, bool> isFinal)
{
    private const int Whole = 10_000;

    private readonly Dictionary<BigInteger, BigInteger> _lots = [];
    private readonly LinkedList<BigInteger> _line = [];

    /// <summary>Units that one Wh is worth.</summary>
    public static BigInteger UnitsPerWh { get; } = BigInteger.Pow(10, 18);

    /// <summary>The pool's units.</summary>
    public TokenLedger Units { get; } = new();

    /// <summary>Units' worth of certificates that redemption fees left in the pool.</summary>
    public BigInteger FeeUnits { get; private set; }

    /// <summary>Wh of an id in the pool.</summary>
    public BigInteger WattHoursOf(BigInteger id) => _lots.GetValueOrDefault(id);

    /// <summary>Takes certificates in for units.</summary>
    public void Deposit(
        Address account, IReadOnlyList<(BigInteger Id, BigInteger WattHours)> lines, long now)
    {
        ArgumentNullException.ThrowIfNull(lines);
        RefusedException.If(lines.Count == 0, "ZeroAmount");
        foreach ((BigInteger id, BigInteger wattHours) in lines)
        {
            RefusedException.If(wattHours.IsZero, "ZeroAmount");
            RequireEligible(id, now);
        }

        certificates.Transfer(account, pool, lines);
        foreach ((BigInteger id, BigInteger wattHours) in lines)
        {
            _lots[id] = WattHoursOf(id) + wattHours;
            if (!_line.Contains(id))
            {
                _line.AddLast(id);
            }
        }

        Units.Mint(account, Sum(lines) * UnitsPerWh);
    }

    /// <summary>Gives certificates of the caller's choice for units and a fee.</summary>
    public void Redeem(
        Address account, IReadOnlyList<(BigInteger Id, BigInteger WattHours)> lines, BigInteger maximumUnits)
    {
        ArgumentNullException.ThrowIfNull(lines);
        RefusedException.If(lines.Count == 0, "ZeroAmount");
        Dictionary<BigInteger, BigInteger> taken = [];
        foreach ((BigInteger id, BigInteger wattHours) in lines)
        {
            RefusedException.If(wattHours.IsZero, "ZeroAmount");
            taken[id] = taken.GetValueOrDefault(id) + wattHours;
            RefusedException.If(taken[id] > WattHoursOf(id), "NotInThePool");
        }

        BigInteger fee = Sum(lines) * (UnitsPerWh / Whole * terms.RedeemBps);
        BigInteger units = (Sum(lines) * UnitsPerWh) + fee;
        RefusedException.If(units > maximumUnits, "TooManyUnits");
        Units.RequireBalance(account, units);
        certificates.Transfer(pool, account, lines);
        Units.Burn(account, units);
        FeeUnits += fee;
        foreach ((BigInteger id, BigInteger wattHours) in lines)
        {
            _lots[id] -= wattHours;
        }
    }

    /// <summary>Gives the certificates that came first, without a fee.</summary>
    /// <param name="account">Who redeems.</param>
    /// <param name="wattHours">The most to take.</param>
    /// <param name="entries">The most ids to look at.</param>
    /// <param name="minimumWh">The least to take.</param>
    public void RedeemOldest(Address account, BigInteger wattHours, int entries, BigInteger minimumWh)
    {
        (List<(BigInteger Id, BigInteger WattHours)> lines, int passed) = Oldest(wattHours, entries);
        RefusedException.If(Sum(lines) < minimumWh, "TooFewWattHours");
        Units.RequireBalance(account, Sum(lines) * UnitsPerWh);
        certificates.Transfer(pool, account, lines);
        Units.Burn(account, Sum(lines) * UnitsPerWh);
        Take(lines, passed);
    }

    /// <summary>Retires what whole Wh the fees are worth; anyone may say so.</summary>
    public void RetireFees(int entries, long now)
    {
        (List<(BigInteger Id, BigInteger WattHours)> lines, int passed) = Oldest(FeeUnits / UnitsPerWh, entries);
        RefusedException.If(lines.Count == 0, "ZeroAmount");
        certificates.Retire(pool, lines, now);
        FeeUnits -= Sum(lines) * UnitsPerWh;
        Take(lines, passed);
    }

    private void RequireEligible(BigInteger id, long now)
    {
        CertificateId class_ = CertificateId.Unpack(id);
        RefusedException.If(!class_.IsGreen, "SourceNotGreen");
        RefusedException.If(class_.Tier < minimumTier, "TierTooLow");
        RefusedException.If(class_.Hour < minimumHour, "HourTooEarly");
        RefusedException.If(!isFinal(class_.NodeId, class_.Hour, now), "HourNotFinal");
    }

    // An id leaves the line when the front passes it empty; until then it keeps its place.
    private (List<(BigInteger Id, BigInteger WattHours)> Lines, int Passed) Oldest(BigInteger wattHours, int entries)
    {
        List<(BigInteger Id, BigInteger WattHours)> lines = [];
        int passed = 0;
        BigInteger left = wattHours;
        foreach (BigInteger id in _line.Take(entries).TakeWhile(_ => left > 0))
        {
            BigInteger amount = BigInteger.Min(_lots[id], left);
            left -= amount;
            passed += amount == _lots[id] ? 1 : 0;
            if (amount > 0)
            {
                lines.Add((id, amount));
            }
        }

        return (lines, passed);
    }

    private void Take(IEnumerable<(BigInteger Id, BigInteger WattHours)> lines, int passed)
    {
        foreach ((BigInteger id, BigInteger wattHours) in lines)
        {
            _lots[id] -= wattHours;
        }

        for (; passed > 0; passed--)
        {
            _line.RemoveFirst();
        }
    }

    private static BigInteger Sum(IEnumerable<(BigInteger Id, BigInteger WattHours)> lines) =>
        lines.Aggregate(BigInteger.Zero, (sum, line) => sum + line.WattHours);
}
