using System.Numerics;
using CsCheck;

namespace Gplusck.Outbox.Tests;

public sealed class FeeOfferTests
{
    private static readonly Gen<FeeOffer> Offers = Gen.Select(Gen.Long[0, 1L << 40], Gen.Long[0, 1L << 40])
        .Select((fee, priority) => new FeeOffer(BigInteger.Max(fee, priority), priority));

    [Fact]
    public void Raised_offer_is_an_eighth_higher_meets_the_market_and_stays_under_the_cap() =>
        Gen.Select(Offers, Offers, Gen.Long[1, 1L << 41]).Sample((old, market, cap) =>
        {
            FeeOffer? raised = old.Raise(market, cap);
            if (raised is not FeeOffer offer)
            {
                return old.MaxFeeWei * 9 > (cap - 1) * 8 || market.MaxFeeWei > cap || old.MaxFeeWei >= cap;
            }

            return offer.MaxFeeWei <= cap
                && offer.MaxFeeWei * 8 >= old.MaxFeeWei * 9
                && offer.MaxFeeWei > old.MaxFeeWei
                && offer.MaxFeeWei >= market.MaxFeeWei
                && offer.MaxPriorityFeeWei <= offer.MaxFeeWei
                && offer.MaxPriorityFeeWei * 8 >= old.MaxPriorityFeeWei * 9;
        });
}
