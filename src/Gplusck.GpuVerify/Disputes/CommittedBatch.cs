using System.Numerics;
using Gplusck.Chain.Primitives;

namespace Gplusck.GpuVerify.Disputes;

/// <summary>A committed batch as the index holds it.</summary>
/// <param name="BatchId">Its number on chain.</param>
/// <param name="NodeId">The node that committed it.</param>
/// <param name="CellsRoot">Root over its cells.</param>
/// <param name="Cells">How many cells.</param>
/// <param name="Endpoint">Where the node serves them, as registered last.</param>
/// <param name="Operator">Account of the node's operator.</param>
/// <param name="Requester">Account that posted the job and must have ordered the cells.</param>
/// <param name="Beacon">Hash of the block after the commit, which nobody knew when the batch was committed.</param>
internal sealed record CommittedBatch(
    BigInteger BatchId,
    long NodeId,
    Hash32 CellsRoot,
    int Cells,
    string Endpoint,
    Address Operator,
    Address Requester,
    Hash32 Beacon);
