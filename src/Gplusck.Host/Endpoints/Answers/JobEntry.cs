using System.Numerics;
using Gplusck.Chain.Primitives;

namespace Gplusck.Host.Endpoints.Answers;

/// <summary>A job and how far it is.</summary>
/// <param name="JobId">Id in ComputeMarket.</param>
/// <param name="Requester">Account that pays.</param>
/// <param name="Cells">Cells ordered.</param>
/// <param name="CellsCommitted">Cells committed.</param>
/// <param name="CellsSettled">Cells paid.</param>
/// <param name="FeePerCellWei">Fee for a cell.</param>
/// <param name="Deadline">Unix time after which nothing more is committed.</param>
/// <param name="Step">Last step the requester published.</param>
/// <param name="LossMicro">Training loss at that step, in millionths.</param>
/// <param name="ModelRoot">Hash of the parameters after that step.</param>
/// <param name="Closed">Whether it takes no more work.</param>
internal sealed record JobEntry(
    BigInteger JobId,
    Address Requester,
    long Cells,
    long CellsCommitted,
    long CellsSettled,
    BigInteger FeePerCellWei,
    long Deadline,
    long? Step,
    long? LossMicro,
    Hash32? ModelRoot,
    bool Closed);
