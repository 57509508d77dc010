using System.Globalization;
using System.Numerics;
using Gplusck.Chain.Primitives;

namespace Gplusck.Tokenomics.Rules.Ledgers;

/// <summary>Who takes stake out of which node when, as the id of the request says it.</summary>
/// <param name="Owner">Who asked.</param>
/// <param name="NodeId">The node.</param>
/// <param name="MaturesAt">Earliest second of the withdrawal, Unix time.</param>
public readonly record struct UnbondTicket(Address Owner, long NodeId, long MaturesAt)
{
    /// <summary>owner · 2⁹⁶ + node · 2⁴⁸ + maturity.</summary>
    public BigInteger Id =>
        (new BigInteger(Owner.ToArray(), isUnsigned: true, isBigEndian: true) << 96)
        | ((BigInteger)NodeId << 48) | MaturesAt;

    /// <inheritdoc/>
    public override string ToString() => Id.ToString(CultureInfo.InvariantCulture);
}
