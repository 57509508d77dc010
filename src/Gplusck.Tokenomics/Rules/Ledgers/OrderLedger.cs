using System.Numerics;
using Gplusck.Chain.Primitives;

namespace Gplusck.Tokenomics.Rules.Ledgers;

/// <summary>Orders and what was filled of them, as <c>CarbonMarket</c> keeps them.</summary>
/// <remarks>Signatures and approvals are taken for granted.</remarks>
/// <param name="token">The books of GPUCK.</param>
/// <param name="certificates">The books of the certificates.</param>
public sealed class OrderLedger(TokenLedger token, CertificateLedger certificates)
{
    private readonly Dictionary<CarbonOrder, (BigInteger Filled, bool Cancelled)> _states = [];
    private readonly Dictionary<Address, long> _counters = [];

    /// <summary>The maker's counter: an order signed with another one is dead.</summary>
    public long CounterOf(Address maker) => _counters.GetValueOrDefault(maker);

    /// <summary>Parts of an order filled so far, and whether it was cancelled.</summary>
    public (BigInteger Filled, bool Cancelled) StateOf(CarbonOrder order) => _states.GetValueOrDefault(order);

    /// <summary>The maker kills one order.</summary>
    public void Cancel(CarbonOrder order) => _states[order] = StateOf(order) with { Cancelled = true };

    /// <summary>The maker kills every order signed with the present counter.</summary>
    public void CancelAll(Address maker) => _counters[maker] = CounterOf(maker) + 1;

    /// <summary>A taker fills <paramref name="parts"/> parts, not one less.</summary>
    public void Fill(CarbonOrder order, BigInteger parts, Address taker, long now)
    {
        (BigInteger offered, BigInteger wanted) = Count(order, parts, taker, now);
        Exchange(order, offered, wanted, taker);
        _states[order] = StateOf(order) with { Filled = StateOf(order).Filled + parts };
    }

    /// <summary>A taker fills parts of an order that offers a certificate, and retires what that brings.</summary>
    public void BuyAndRetire(CarbonOrder order, BigInteger parts, Address taker, long now)
    {
        ArgumentNullException.ThrowIfNull(order);
        RefusedException.If(order.OfferedId.IsZero, "NotACertificate");
        (BigInteger offered, BigInteger wanted) = Count(order, parts, taker, now);
        Exchange(order, offered, wanted, taker);
        _states[order] = StateOf(order) with { Filled = StateOf(order).Filled + parts };
        certificates.Retire(taker, [(order.OfferedId, offered)], now);
    }

    private (BigInteger Offered, BigInteger Wanted) Count(
        CarbonOrder order, BigInteger parts, Address taker, long now)
    {
        RefusedException.If(
            order.OfferedPerPart.IsZero || order.WantedPerPart.IsZero || order.OfferedId == order.WantedId, "NoTrade");
        RefusedException.If(order.Taker != default && order.Taker != taker, "NotTheTaker");
        RefusedException.If(now >= order.ExpiresAt, "OrderExpired");
        RefusedException.If(order.Counter != CounterOf(order.Maker), "CounterMismatch");
        (BigInteger filled, bool cancelled) = StateOf(order);
        RefusedException.If(cancelled || filled == order.Parts, "OrderDead");
        RefusedException.If(parts.IsZero, "ZeroAmount");
        RefusedException.If(parts > order.Parts - filled, "TooFewPartsLeft");
        return order.Amounts(parts);
    }

    // In the contract GPUCK moves first, then the wanted certificate, then the offered one: the first that is short is
    // the one that is named.
    private void Exchange(CarbonOrder order, BigInteger offered, BigInteger wanted, Address taker)
    {
        (BigInteger Id, Address From, Address To, BigInteger Amount) give =
            (order.OfferedId, order.Maker, taker, offered);
        (BigInteger Id, Address From, Address To, BigInteger Amount) get = (order.WantedId, taker, order.Maker, wanted);
        (BigInteger Id, Address From, Address To, BigInteger Amount)[] legs =
            order.OfferedId.IsZero ? [give, get] : [get, give];
        foreach ((BigInteger id, Address from, _, BigInteger amount) in legs)
        {
            RequireMovable(id, from, amount);
        }

        foreach ((BigInteger id, Address from, Address to, BigInteger amount) in legs)
        {
            Move(id, from, to, amount);
        }
    }

    private void RequireMovable(BigInteger id, Address from, BigInteger amount)
    {
        if (id.IsZero)
        {
            token.RequireBalance(from, amount);
        }
        else
        {
            certificates.RequireMovable(from, id, amount);
        }
    }

    private void Move(BigInteger id, Address from, Address to, BigInteger amount)
    {
        if (id.IsZero)
        {
            token.Transfer(from, to, amount);
        }
        else
        {
            certificates.Transfer(from, to, id, amount);
        }
    }
}
