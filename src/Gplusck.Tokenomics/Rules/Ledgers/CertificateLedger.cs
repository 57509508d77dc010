using System.Numerics;
using Gplusck.Chain.Primitives;

namespace Gplusck.Tokenomics.Rules.Ledgers;

/// <summary>Carbon certificates: who holds and who retired how many Wh, as <c>CarbonCertificate</c> keeps
/// them.</summary>
/// <remarks>For every id, minted is held plus retired. Approvals are taken for granted.</remarks>
public sealed class CertificateLedger
{
    private const int RetirementLimit = 256;

    private readonly Dictionary<(BigInteger Id, Address Account), (BigInteger Held, BigInteger Retired)> _holdings = [];
    private readonly Dictionary<BigInteger, (BigInteger Minted, BigInteger Retired)> _issues = [];
    private readonly HashSet<(long Node, uint Hour)> _void = [];
    private readonly Dictionary<Address, Timeline<BigInteger>> _green = [];
    private readonly Dictionary<Address, BigInteger> _greenTotals = [];

    /// <summary>Ids minted so far.</summary>
    public IReadOnlyCollection<BigInteger> Ids => _issues.Keys;

    /// <summary>Ids retired so far, one for each id of each call.</summary>
    public long RetirementCount { get; private set; }

    /// <summary>Calls that retired something: one receipt each.</summary>
    public long ReceiptCount { get; private set; }

    /// <summary>Wh of an id that an account holds.</summary>
    public BigInteger BalanceOf(Address account, BigInteger id) => _holdings.GetValueOrDefault((id, account)).Held;

    /// <summary>Wh of an id that an account has retired.</summary>
    public BigInteger RetiredBalanceOf(Address account, BigInteger id) =>
        _holdings.GetValueOrDefault((id, account)).Retired;

    /// <summary>Wh ever minted of an id, and those retired.</summary>
    public (BigInteger Minted, BigInteger Retired) Issued(BigInteger id) => _issues.GetValueOrDefault(id);

    /// <summary>Green Wh that an account had retired at the end of a second.</summary>
    public BigInteger RetiredGreenWhAt(Address account, long time) =>
        _green.TryGetValue(account, out Timeline<BigInteger>? past) ? past.At(time, BigInteger.Zero) : BigInteger.Zero;

    /// <summary>Whether the fault court voided the hour of an id.</summary>
    public bool IsVoid(BigInteger id)
    {
        CertificateId class_ = CertificateId.Unpack(id);
        return _void.Contains((class_.NodeId, class_.Hour));
    }

    /// <summary>A settled batch brings Wh to an account.</summary>
    public void Mint(Address to, BigInteger id, BigInteger wattHours)
    {
        (BigInteger minted, BigInteger retired) = Issued(id);
        _issues[id] = (minted + wattHours, retired);
        Add(to, id, wattHours, 0);
    }

    /// <summary>What is left of a node's hour can no longer be moved or retired.</summary>
    public void VoidHour(long nodeId, uint hour) => _void.Add((nodeId, hour));

    /// <summary>Moves Wh of an id.</summary>
    public void Transfer(Address from, Address to, BigInteger id, BigInteger wattHours)
    {
        RequireMovable(from, id, wattHours);
        Add(from, id, -wattHours, 0);
        Add(to, id, wattHours, 0);
    }

    /// <summary>Moves Wh of several ids at once, or nothing.</summary>
    public void Transfer(Address from, Address to, IReadOnlyList<(BigInteger Id, BigInteger WattHours)> lines)
    {
        RequireMovable(from, lines);
        foreach ((BigInteger id, BigInteger wattHours) in lines)
        {
            Transfer(from, to, id, wattHours);
        }
    }

    /// <summary>Retires Wh of several ids of an account for good; one receipt.</summary>
    public void Retire(Address account, IReadOnlyList<(BigInteger Id, BigInteger WattHours)> lines, long now)
    {
        ArgumentNullException.ThrowIfNull(lines);
        RefusedException.If(lines.Count is 0 or > RetirementLimit, "InvalidRetirementCount");
        RequireMovable(account, lines);
        RefusedException.If(lines.Any(line => line.WattHours.IsZero), "ZeroAmount");
        foreach ((BigInteger id, BigInteger wattHours) in lines)
        {
            Add(account, id, -wattHours, wattHours);
            (BigInteger minted, BigInteger retired) = Issued(id);
            _issues[id] = (minted, retired + wattHours);
        }

        RetirementCount += lines.Count;
        ReceiptCount++;
        BigInteger green = lines.Where(line => CertificateId.Unpack(line.Id).IsGreen)
            .Aggregate(BigInteger.Zero, (sum, line) => sum + line.WattHours);
        if (green > 0)
        {
            CountGreen(account, green, now);
        }
    }

    /// <summary>Refuses what <see cref="Transfer(Address, Address, BigInteger, BigInteger)"/> would refuse.</summary>
    public void RequireMovable(Address from, BigInteger id, BigInteger wattHours)
    {
        RefusedException.If(IsVoid(id), "HourIsVoid");
        RefusedException.If(BalanceOf(from, id) < wattHours, "ERC1155InsufficientBalance");
    }

    // An id may come more than once: each line must be covered by what the lines before it leave.
    private void RequireMovable(Address from, IReadOnlyList<(BigInteger Id, BigInteger WattHours)> lines)
    {
        Dictionary<BigInteger, BigInteger> taken = [];
        foreach ((BigInteger id, BigInteger wattHours) in lines)
        {
            taken[id] = taken.GetValueOrDefault(id) + wattHours;
            RequireMovable(from, id, taken[id]);
        }
    }

    private void CountGreen(Address account, BigInteger wattHours, long now)
    {
        _greenTotals[account] = _greenTotals.GetValueOrDefault(account) + wattHours;
        if (!_green.TryGetValue(account, out Timeline<BigInteger>? past))
        {
            _green[account] = past = new Timeline<BigInteger>();
        }

        past.Set(now, _greenTotals[account]);
    }

    private void Add(Address account, BigInteger id, BigInteger held, BigInteger retired)
    {
        (BigInteger h, BigInteger r) = _holdings.GetValueOrDefault((id, account));
        _holdings[(id, account)] = (h + held, r + retired);
    }
}
