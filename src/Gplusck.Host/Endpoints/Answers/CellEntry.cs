using System.Numerics;

namespace Gplusck.Host.Endpoints.Answers;

/// <summary>One microcell.</summary>
/// <param name="BatchId">Batch it was committed in.</param>
/// <param name="Position">Place in the batch's tree.</param>
/// <param name="JobId">Job it belongs to.</param>
/// <param name="CellIndex">Index in the job; null until a verifier has read it.</param>
/// <param name="NodeId">Node that did it.</param>
/// <param name="M">Rows of A.</param>
/// <param name="N">Rows of Bt.</param>
/// <param name="K">Columns of both.</param>
/// <param name="State">committed, verified, wrong, settled or voided.</param>
/// <param name="EnergyTier">How the energy figure came about.</param>
/// <param name="CommittedAtBlock">Block of the commit.</param>
internal sealed record CellEntry(
    BigInteger BatchId,
    long Position,
    BigInteger JobId,
    long? CellIndex,
    long NodeId,
    long? M,
    long? N,
    long? K,
    string State,
    string EnergyTier,
    long CommittedAtBlock);
