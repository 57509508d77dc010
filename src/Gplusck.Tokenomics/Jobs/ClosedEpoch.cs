using System.Numerics;
using Gplusck.Chain.Primitives;

namespace Gplusck.Tokenomics.Jobs;

/// <summary>A row of <c>rewards.epoch</c>.</summary>
internal sealed record ClosedEpoch(long Epoch, Hash32? Root, Hash32 InputsHash, string Inputs, BigInteger Total);
