using System.Numerics;
using Gplusck.Chain.Primitives;

namespace Gplusck.Host.Endpoints.Answers;

/// <summary>A proved fault and what it cost.</summary>
/// <param name="FaultId">Id in MicrocellCourt.</param>
/// <param name="Kind">wrongElement, malformedCell, dataWithheld or equivocation; cell, row, column and the two values
/// say something for the first only.</param>
/// <param name="BatchId">Batch that was voided.</param>
/// <param name="NodeId">Node that was slashed.</param>
/// <param name="Finder">Who proved it.</param>
/// <param name="CellIndex">Cell in the job.</param>
/// <param name="Row">Row of C.</param>
/// <param name="Column">Column of C.</param>
/// <param name="Claimed">Value the operator committed.</param>
/// <param name="Actual">Value the contract found.</param>
/// <param name="SlashedWei">Wei taken; 0 until the fault is punished.</param>
/// <param name="BurnedWei">Wei of it burned.</param>
/// <param name="RewardWei">Wei of it paid to the finder.</param>
/// <param name="BlockNumber">Block of the proof.</param>
/// <param name="TransactionHash">Its transaction.</param>
/// <param name="Timestamp">Unix time of that block.</param>
internal record FaultEntry(
    BigInteger FaultId,
    string Kind,
    BigInteger BatchId,
    long NodeId,
    Address Finder,
    long CellIndex,
    long Row,
    long Column,
    long Claimed,
    long Actual,
    BigInteger SlashedWei,
    BigInteger BurnedWei,
    BigInteger RewardWei,
    long BlockNumber,
    Hash32 TransactionHash,
    long Timestamp);
