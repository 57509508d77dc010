using System.Numerics;
using Gplusck.Chain.Primitives;

namespace Gplusck.Tokenomics.Rules.Ledgers;

/// <summary>What a maker signs: equal parts of one trade, of which a taker may fill any number.</summary>
/// <param name="Maker">Who offers.</param>
/// <param name="Taker">Who alone may fill; the zero address is anyone.</param>
/// <param name="OfferedId">Certificate id of what the maker gives; 0 is GPUCK.</param>
/// <param name="OfferedPerPart">Wh or wei the maker gives for a part.</param>
/// <param name="WantedId">Certificate id of what the maker gets; 0 is GPUCK.</param>
/// <param name="WantedPerPart">Wh or wei the maker gets for a part.</param>
/// <param name="Parts">How often the trade may be made.</param>
/// <param name="Counter">The maker's counter when the order was signed.</param>
/// <param name="ExpiresAt">First second without fills.</param>
/// <param name="Salt">Tells otherwise equal orders apart.</param>
public sealed record CarbonOrder(
    Address Maker, Address Taker, BigInteger OfferedId, BigInteger OfferedPerPart, BigInteger WantedId,
    BigInteger WantedPerPart, BigInteger Parts, long Counter, long ExpiresAt, BigInteger Salt)
{
    /// <summary>What <paramref name="parts"/> parts move; whole multiples, so no fill is ever rounded.</summary>
    public (BigInteger Offered, BigInteger Wanted) Amounts(BigInteger parts) =>
        (parts * OfferedPerPart, parts * WantedPerPart);
}
