using System.Numerics;
using Gplusck.Chain.Primitives;

namespace Gplusck.Host.Endpoints.Answers;

/// <summary>An account in a root.</summary>
/// <param name="Account">The account.</param>
/// <param name="EarnedWei">Wei earned in this epoch.</param>
/// <param name="CumulativeWei">Wei earned up to it: the amount of the leaf.</param>
internal sealed record RewardLeafEntry(
    Address Account,
    BigInteger EarnedWei,
    BigInteger CumulativeWei);
