using System.Numerics;
using Gplusck.Chain.Primitives;

namespace Gplusck.Tokenomics.Rules;

/// <summary>The rewards of one epoch: who earned what, and the tree that proves it.</summary>
/// <param name="Root">Root to propose; null when the epoch gives nothing, and nothing is proposed.</param>
/// <param name="DistributedWei">Wei this epoch adds; what it leaves of the available stays for later epochs.</param>
/// <param name="TotalWei">Wei over all leaves, all epochs together.</param>
/// <param name="Leaves">Every account that ever earned, ascending; empty without a root.</param>
public sealed record EpochRewards(
    Hash32? Root, BigInteger DistributedWei, BigInteger TotalWei, IReadOnlyList<RewardLeaf> Leaves)
{
    /// <summary>Computes the rewards of an epoch.</summary>
    /// <remarks>
    /// A node's weight is Σ correct multiply-accumulates × green score over its batches. What is available is divided
    /// by weight with largest remainders, a node's part is cut to <see cref="BurnBound"/> of the fees its own batches
    /// burned, and the rest is added to what its operator had earned before. docs/rewards.md works an example.
    /// </remarks>
    /// <param name="inputs">The published inputs.</param>
    /// <param name="previous">Wei each account had earned up to <see cref="EpochInputs.PreviousEpoch"/>.</param>
    public static EpochRewards Of(EpochInputs inputs, IReadOnlyCollection<AccountAmount> previous)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(previous);
        Dictionary<Address, BigInteger> earned = Earned(inputs);
        BigInteger before = Sum(previous.Select(entry => entry.Amount));
        BigInteger added = Sum(earned.Values);
        if (added.IsZero)
        {
            return new EpochRewards(null, BigInteger.Zero, before, []);
        }

        Dictionary<Address, BigInteger> cumulative =
            previous.ToDictionary(entry => entry.Account, entry => entry.Amount);
        foreach ((Address account, BigInteger amount) in earned)
        {
            cumulative[account] = cumulative.GetValueOrDefault(account) + amount;
        }

        AccountAmount[] book = [.. cumulative.Select(entry => new AccountAmount(entry.Key, entry.Value))];
        CumulativeTree tree = CumulativeTree.Build(inputs.ChainId, inputs.Contract, inputs.Epoch, book);
        return new EpochRewards(tree.Root, added, before + added,
        [
            .. book.OrderBy(entry => entry.Account).Select(entry => new RewardLeaf(
                entry.Account, earned.GetValueOrDefault(entry.Account), entry.Amount, tree.Proof(entry.Account))),
        ]);
    }

    private static Dictionary<Address, BigInteger> Earned(EpochInputs inputs)
    {
        IGrouping<long, BatchWork>[] nodes =
            [.. inputs.Batches.GroupBy(batch => batch.NodeId).OrderBy(node => node.Key)];
        BigInteger[] weights = [.. nodes.Select(node => Sum(node.Select(batch => batch.Weight)))];
        if (weights.All(weight => weight.IsZero))
        {
            return [];
        }

        return LargestRemainder.Split(inputs.AvailableWei, weights)
            .Zip(nodes, (part, node) => new AccountAmount(
                node.First().Operator, BigInteger.Min(part, BurnBound.Wei(Sum(node.Select(each => each.BurnedWei))))))
            .Where(part => !part.Amount.IsZero)
            .GroupBy(part => part.Account)
            .ToDictionary(account => account.Key, account => Sum(account.Select(part => part.Amount)));
    }

    private static BigInteger Sum(IEnumerable<BigInteger> amounts) =>
        amounts.Aggregate(BigInteger.Zero, BigInteger.Add);
}
