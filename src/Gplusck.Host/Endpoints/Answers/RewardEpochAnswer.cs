using System.Numerics;
using System.Text.Json;
using Gplusck.Chain.Primitives;

namespace Gplusck.Host.Endpoints.Answers;

/// <summary>A closed epoch, whole.</summary>
/// <param name="AsOfBlock">Newest indexed block; every figure is as of it.</param>
/// <param name="Epoch">Number.</param>
/// <param name="Root">Merkle root; null when there was nothing to distribute.</param>
/// <param name="InputsHash">keccak-256 of the inputs as canonical JSON (RFC 8785).</param>
/// <param name="BudgetWei">Wei this epoch distributes.</param>
/// <param name="TotalWei">Wei over all epochs up to this one.</param>
/// <param name="ClosedAtBlock">Block at which it was closed.</param>
/// <param name="Inputs">What it was computed from.</param>
/// <param name="Leaves">Ascending by account.</param>
internal sealed record RewardEpochAnswer(
    long AsOfBlock,
    long Epoch,
    Hash32? Root,
    Hash32 InputsHash,
    BigInteger BudgetWei,
    BigInteger TotalWei,
    long ClosedAtBlock,
    JsonElement Inputs,
    IReadOnlyList<RewardLeafEntry> Leaves);
