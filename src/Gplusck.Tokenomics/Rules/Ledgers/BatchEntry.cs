using System.Numerics;
using Gplusck.Chain.Bindings;

namespace Gplusck.Tokenomics.Rules.Ledgers;

/// <summary>A batch in the compute market.</summary>
/// <param name="JobId">The job.</param>
/// <param name="NodeId">Who did it.</param>
/// <param name="Cells">Cells it claims.</param>
/// <param name="EnergyWh">Electricity it claims.</param>
/// <param name="Hour">Unix hour of the electricity.</param>
/// <param name="Tier">How that was measured.</param>
/// <param name="EndsAt">Earliest second of the settlement.</param>
/// <param name="StakeWei">Stake behind the node at the commit.</param>
/// <param name="Status">Where it stands.</param>
public sealed record BatchEntry(
    long JobId, long NodeId, uint Cells, ulong EnergyWh, uint Hour, MeasurementTier Tier, long EndsAt,
    BigInteger StakeWei, BatchStatus Status);
