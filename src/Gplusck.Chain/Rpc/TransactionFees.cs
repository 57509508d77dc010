using System.Numerics;

namespace Gplusck.Chain.Rpc;

/// <summary>What a transaction offers for each unit of gas (EIP-1559).</summary>
/// <param name="MaxFeePerGas">Wei, the base fee included.</param>
/// <param name="MaxPriorityFeePerGas">Wei to the block's builder, at most <paramref name="MaxFeePerGas"/>.</param>
public readonly record struct TransactionFees(BigInteger MaxFeePerGas, BigInteger MaxPriorityFeePerGas);
