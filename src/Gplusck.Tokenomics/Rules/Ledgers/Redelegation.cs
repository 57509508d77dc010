using System.Numerics;
using Gplusck.Chain.Primitives;

namespace Gplusck.Tokenomics.Rules.Ledgers;

/// <summary>Stake that moved from one node to another and still answers for faults of the first.</summary>
/// <param name="Owner">Whose it is.</param>
/// <param name="FromNode">The node it left.</param>
/// <param name="ToNode">The node it went to.</param>
/// <param name="Shares">Locked shares of the new node.</param>
/// <param name="Magnitude">The old node's magnitude when it moved, or when its part of a slash was last taken.</param>
/// <param name="Until">Earliest second of its release.</param>
/// <param name="Generation">Generation of the new node's pool that the shares belong to.</param>
/// <param name="AssetsWei">Wei that still answer for the old node.</param>
public readonly record struct Redelegation(
    Address Owner, long FromNode, long ToNode, BigInteger Shares, BigInteger Magnitude, long Until, int Generation,
    BigInteger AssetsWei);
