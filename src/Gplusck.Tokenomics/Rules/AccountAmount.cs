using System.Numerics;
using Gplusck.Chain.Primitives;

namespace Gplusck.Tokenomics.Rules;

/// <summary>An account and an amount that belongs to it: wei, or weight.</summary>
public readonly record struct AccountAmount(Address Account, BigInteger Amount);
