using System.Numerics;

namespace Gplusck.Tokenomics.Rules;

/// <summary>What may be given back for burned fees, so that giving it back always loses.</summary>
/// <remarks>
/// The same nine tenths bound the emission of an epoch (fees burned since the last one) and a node's green reward (fees
/// its own batches burned). Whoever pays themselves for made-up work burns more than all rewards together bring them.
/// </remarks>
public static class BurnBound
{
    /// <summary>Wei that <paramref name="burnedWei"/> allow: nine tenths, rounded down.</summary>
    public static BigInteger Wei(BigInteger burnedWei) => burnedWei * 9 / 10;
}
