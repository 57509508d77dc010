using System.Numerics;
using Gplusck.Chain.Primitives;

namespace Gplusck.Tokenomics.Rules;

/// <summary>One account's line in an epoch's rewards.</summary>
/// <param name="Account">Who earned.</param>
/// <param name="EarnedWei">Wei earned in this epoch.</param>
/// <param name="CumulativeWei">Wei earned up to and with this epoch: the amount of the leaf.</param>
/// <param name="Proof">Siblings from the leaf to the root.</param>
public sealed record RewardLeaf(
    Address Account, BigInteger EarnedWei, BigInteger CumulativeWei, IReadOnlyList<Hash32> Proof);
