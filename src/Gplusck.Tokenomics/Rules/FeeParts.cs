using System.Numerics;

namespace Gplusck.Tokenomics.Rules;

/// <summary>The four parts of a fee, in wei. They add up to it.</summary>
public readonly record struct FeeParts(
    BigInteger BurnedWei, BigInteger OperatorWei, BigInteger StakersWei, BigInteger TreasuryWei);
