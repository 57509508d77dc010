using System.Numerics;
using Gplusck.Chain.Primitives;

namespace Gplusck.Tokenomics.Rules.Ledgers;

/// <summary>A job in the compute market.</summary>
/// <param name="Requester">Who pays.</param>
/// <param name="Cells">Cells ordered.</param>
/// <param name="CellsCommitted">Cells that batches have taken.</param>
/// <param name="FeePerCellWei">Fee of a cell.</param>
/// <param name="Deadline">First second without commits.</param>
/// <param name="Closed">Whether the requester took the rest back.</param>
public sealed record JobEntry(
    Address Requester, uint Cells, uint CellsCommitted, BigInteger FeePerCellWei, long Deadline, bool Closed);
