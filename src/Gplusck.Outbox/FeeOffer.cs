using System.Numerics;

namespace Gplusck.Outbox;

/// <summary>What a transaction offers for a unit of gas, in wei.</summary>
internal readonly record struct FeeOffer(BigInteger MaxFeeWei, BigInteger MaxPriorityFeeWei)
{
    /// <summary>The offer that replaces this one: both fees at least 1/8 higher, as nodes ask, and no lower than the
    /// market.</summary>
    /// <returns>Null when that is over the cap.</returns>
    public FeeOffer? Raise(FeeOffer market, BigInteger capWei)
    {
        BigInteger fee = BigInteger.Max(AnEighthMore(MaxFeeWei), market.MaxFeeWei);
        BigInteger priority = BigInteger.Max(AnEighthMore(MaxPriorityFeeWei), market.MaxPriorityFeeWei);
        return fee > capWei ? null : new FeeOffer(fee, BigInteger.Min(priority, fee));
    }

    /// <summary>This offer, or the cap where it is over it.</summary>
    public FeeOffer CappedAt(BigInteger capWei) =>
        new(BigInteger.Min(MaxFeeWei, capWei), BigInteger.Min(MaxPriorityFeeWei, capWei));

    // Rounded up, and never the same again for tiny fees.
    private static BigInteger AnEighthMore(BigInteger wei) => wei + BigInteger.Max(1, (wei + 7) / 8);
}
