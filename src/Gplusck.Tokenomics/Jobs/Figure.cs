using System.Numerics;

namespace Gplusck.Tokenomics.Jobs;

/// <summary>One figure that the tables and the chain must agree on.</summary>
internal readonly record struct Figure(string Name, BigInteger Tables, BigInteger Chain)
{
    public override string ToString() => $"{Name}: {Tables} in the tables, {Chain} on chain.";
}
