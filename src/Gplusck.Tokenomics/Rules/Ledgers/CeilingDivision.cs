using System.Numerics;

namespace Gplusck.Tokenomics.Rules.Ledgers;

internal static class CeilingDivision
{
    /// <summary>a / b rounded up; both at least 0.</summary>
    public static BigInteger DivideUp(this BigInteger dividend, BigInteger divisor) =>
        dividend.IsZero ? BigInteger.Zero : ((dividend - 1) / divisor) + 1;
}
