using System.Numerics;
using System.Text.Json.Serialization;
using Gplusck.Chain.Bindings;
using Gplusck.Chain.Primitives;

namespace Gplusck.Tokenomics.Rules;

/// <summary>What one settled batch brings into the rewards of its epoch.</summary>
/// <param name="BatchId">Id in <c>ComputeMarket</c>.</param>
/// <param name="NodeId">Node that did the work.</param>
/// <param name="Operator">Account the work counts for.</param>
/// <param name="Source">What the node's electricity comes from.</param>
/// <param name="FactorVersion">Factor set in force when the batch settled; 0 before the first.</param>
/// <param name="GramsPerKwh">gCO2e/kWh of the source in that set.</param>
/// <param name="Cells">Cells the batch claims.</param>
/// <param name="CellsCorrect">Cells that a verifier found correct and ordered by the requester.</param>
/// <param name="MultiplyAccumulates">Σ m·n·k over those correct cells.</param>
/// <param name="BurnedWei">Wei of the batch's fee that burned when it settled.</param>
/// <param name="SettledAtBlock">Block of the settlement.</param>
public sealed record BatchWork(
    BigInteger BatchId,
    long NodeId,
    Address Operator,
    EnergySource Source,
    int FactorVersion,
    uint GramsPerKwh,
    long Cells,
    long CellsCorrect,
    BigInteger MultiplyAccumulates,
    BigInteger BurnedWei,
    long SettledAtBlock)
{
    /// <summary>Parts per million that a unit of this work counts.</summary>
    public int ScorePpm => GreenScore.Ppm(Source, GramsPerKwh);

    /// <summary>Share of what the epoch can give, relative to the other batches.</summary>
    [JsonIgnore]
    public BigInteger Weight => MultiplyAccumulates * ScorePpm;
}
