namespace Gplusck.Compute.Operator;

/// <summary>Where an operator stands.</summary>
/// <param name="NodeId">Its node; 0 before it is registered.</param>
/// <param name="WhyNoWork">Why it takes no cells now, one sentence; null when it does.</param>
/// <param name="CellsExecuted">Cells executed since the start.</param>
/// <param name="CellsWaiting">Cells executed and not yet committed.</param>
/// <param name="CellsCommitted">Cells committed since the start.</param>
/// <param name="CellsLost">Cells whose batch the market refused.</param>
/// <param name="UnclaimedMilliwattHours">Energy of committed cells that no certificate shows yet.</param>
public sealed record OperatorStatus(
    ulong NodeId,
    string? WhyNoWork,
    long CellsExecuted,
    int CellsWaiting,
    long CellsCommitted,
    long CellsLost,
    ulong UnclaimedMilliwattHours);
