using System.Numerics;
using Gplusck.Chain.Primitives;

namespace Gplusck.Tokenomics.Rules;

/// <summary>The rewards of one epoch: who earned what, and the tree that proves it.</summary>
/// <param name="Root">Root to propose; null when the epoch had no green work or no budget, and nothing is
/// proposed.</param>
/// <param name="DistributedWei">Wei this epoch adds: its budget, or 0 without a root.</param>
/// <param name="TotalWei">Wei over all leaves, all epochs together.</param>
/// <param name="Leaves">Every account that ever earned, ascending; empty without a root.</param>
public sealed record EpochRewards(
    Hash32? Root, BigInteger DistributedWei, BigInteger TotalWei, IReadOnlyList<RewardLeaf> Leaves)
{
    /// <summary>Computes the rewards of an epoch.</summary>
    /// <remarks>
    /// An account's weight is Σ correct multiply-accumulates × green score over its batches. The budget is divided by
    /// weight with largest remainders and added to what each account had earned before. docs/rewards.md works an
    /// example.
    /// </remarks>
    /// <param name="inputs">The published inputs.</param>
    /// <param name="previous">Wei each account had earned up to <see cref="EpochInputs.PreviousEpoch"/>.</param>
    public static EpochRewards Of(EpochInputs inputs, IReadOnlyCollection<AccountAmount> previous)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(previous);
        AccountAmount[] weights =
        [
            .. inputs.Batches.GroupBy(batch => batch.Operator).Select(group => new AccountAmount(
                group.Key, group.Aggregate(BigInteger.Zero, (sum, batch) => sum + batch.Weight))),
        ];
        BigInteger before = previous.Aggregate(BigInteger.Zero, (sum, entry) => sum + entry.Amount);
        if (inputs.BudgetWei.IsZero || weights.All(weight => weight.Amount.IsZero))
        {
            return new EpochRewards(null, BigInteger.Zero, before, []);
        }

        Dictionary<Address, BigInteger> earned = LargestRemainder.Split(inputs.BudgetWei, weights)
            .Where(part => !part.Amount.IsZero).ToDictionary(part => part.Account, part => part.Amount);
        Dictionary<Address, BigInteger> cumulative =
            previous.ToDictionary(entry => entry.Account, entry => entry.Amount);
        foreach ((Address account, BigInteger amount) in earned)
        {
            cumulative[account] = cumulative.GetValueOrDefault(account) + amount;
        }

        AccountAmount[] book = [.. cumulative.Select(entry => new AccountAmount(entry.Key, entry.Value))];
        CumulativeTree tree = CumulativeTree.Build(inputs.ChainId, inputs.Contract, inputs.Epoch, book);
        return new EpochRewards(tree.Root, inputs.BudgetWei, before + inputs.BudgetWei,
        [
            .. book.OrderBy(entry => entry.Account).Select(entry => new RewardLeaf(
                entry.Account, earned.GetValueOrDefault(entry.Account), entry.Amount, tree.Proof(entry.Account))),
        ]);
    }
}
