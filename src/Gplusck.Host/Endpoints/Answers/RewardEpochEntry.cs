using System.Numerics;
using Gplusck.Chain.Primitives;

namespace Gplusck.Host.Endpoints.Answers;

/// <summary>An epoch with a root on chain.</summary>
/// <param name="Epoch">Number.</param>
/// <param name="Root">Merkle root.</param>
/// <param name="InputsHash">keccak-256 of the published inputs.</param>
/// <param name="TotalWei">Wei over all leaves, cumulative.</param>
/// <param name="BudgetWei">Wei this epoch distributes.</param>
/// <param name="Accounts">Leaves.</param>
/// <param name="ActivatesAt">Unix time from which it pays.</param>
/// <param name="Claims">Claims paid from it.</param>
internal sealed record RewardEpochEntry(
    long Epoch,
    Hash32 Root,
    Hash32 InputsHash,
    BigInteger TotalWei,
    BigInteger BudgetWei,
    long Accounts,
    long ActivatesAt,
    long Claims);
