using System.Numerics;

namespace Gplusck.Tokenomics.Rules.Ledgers;

/// <summary>All stake that answers for a node.</summary>
/// <param name="Active">The pool that earns.</param>
/// <param name="Unbonding">The pool on its way out.</param>
/// <param name="RedelegatedWei">Wei that moved to other nodes and still answer for this one.</param>
/// <param name="Magnitude">What slashes have left of 1e18 staked with the node from the start.</param>
/// <param name="Freezes">Accusations that hold the stake.</param>
public readonly record struct NodeStake(
    StakePool Active, StakePool Unbonding, BigInteger RedelegatedWei, BigInteger Magnitude, int Freezes)
{
    /// <summary>The magnitude of a node that was never slashed.</summary>
    public static readonly BigInteger FullMagnitude = BigInteger.Pow(10, 18);

    /// <summary>A node without stake.</summary>
    public static NodeStake Empty => new(default, default, 0, FullMagnitude, 0);

    /// <summary>Wei in both pools: what a slash is measured on.</summary>
    public BigInteger BehindWei => Active.AssetsWei + Unbonding.AssetsWei;

    /// <summary>The node after a slash, which takes the same fraction of all three.</summary>
    /// <remarks>
    /// The redelegated part is rounded down and the active one up; together the parts are the amount to the wei, and
    /// more only by the dust of a spent pool.
    /// </remarks>
    /// <param name="amountWei">Wei to take; more than there is takes everything.</param>
    public NodeStake Slash(BigInteger amountWei)
    {
        BigInteger total = BehindWei + RedelegatedWei;
        BigInteger amount = BigInteger.Min(amountWei, total);
        if (amount.IsZero)
        {
            return this;
        }

        BigInteger away = RedelegatedWei * amount / total;
        BigInteger here = amount - away;
        BigInteger fromActive = here.IsZero ? here : (here * Active.AssetsWei).DivideUp(BehindWei);
        return this with
        {
            Active = here.IsZero ? Active : Active.Slash(fromActive),
            Unbonding = here.IsZero ? Unbonding : Unbonding.Slash(here - fromActive),
            RedelegatedWei = RedelegatedWei - away,
            Magnitude = Magnitude * (total - amount) / total,
        };
    }
}
