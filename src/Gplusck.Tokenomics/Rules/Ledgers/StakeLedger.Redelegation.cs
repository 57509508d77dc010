using System.Numerics;
using Gplusck.Chain.Primitives;

namespace Gplusck.Tokenomics.Rules.Ledgers;

public sealed partial class StakeLedger
{
    /// <summary>Below this magnitude no stake is redelegated away.</summary>
    public const long MagnitudeMin = 1_000_000_000;

    private readonly Dictionary<long, Redelegation> _redelegations = [];

    /// <summary>Redelegations so far; ids run from 1.</summary>
    public long RedelegationCount { get; private set; }

    /// <summary>Redelegations that are open, by id.</summary>
    public IReadOnlyDictionary<long, Redelegation> Redelegations => _redelegations;

    /// <summary>Moves active shares of one node to another; the new shares are locked and answer for both.</summary>
    public long Redelegate(
        long fromNode, long toNode, Address account, BigInteger shares, BigInteger minimumShares, long now)
    {
        RefusedException.If(shares.IsZero, "ZeroAmount");
        RefusedException.If(fromNode == toNode, "SameNode");
        NodeStake from = Of(fromNode);
        RefusedException.If(from.Freezes > 0, "FrozenStake");
        RefusedException.If(from.Magnitude < MagnitudeMin, "MagnitudeSpent");
        RequireFree(fromNode, account, shares);
        BigInteger assets = from.Active.ToAssets(shares);
        BigInteger bought = RequireJoin(toNode, account, assets);
        RefusedException.If(bought.IsZero || bought < minimumShares, "TooFewShares");

        Leave(fromNode, account, shares, unlocked: 0, now);
        Join(toNode, account, assets, locked: true, now);
        Answer(fromNode, assets);
        long until = now + terms.UnbondingSeconds;
        _redelegations[++RedelegationCount] = new Redelegation(
            account, fromNode, toNode, bought, from.Magnitude, until, Of(toNode).Active.Generation, assets);
        return RedelegationCount;
    }

    /// <summary>Takes from a redelegation what slashes of its old node cost it; releases it when it is due.</summary>
    /// <returns>Wei burned.</returns>
    public BigInteger SettleRedelegation(long redelegationId, long now)
    {
        RefusedException.If(!_redelegations.ContainsKey(redelegationId), "UnknownRedelegation");
        Redelegation entry = _redelegations[redelegationId];
        NodeStake from = Of(entry.FromNode);
        bool isVoid = entry.Generation != Of(entry.ToNode).Active.Generation;
        BigInteger slashed = isVoid
            ? entry.Shares
            : (entry.Shares * (entry.Magnitude - from.Magnitude)).DivideUp(entry.Magnitude);
        bool released = (now >= entry.Until && from.Freezes == 0) || slashed == entry.Shares;
        RefusedException.If(!released && from.Magnitude == entry.Magnitude, "NothingToSettle");

        BigInteger answering = entry.AssetsWei * from.Magnitude / entry.Magnitude;
        BigInteger left = entry.Shares - slashed;
        if (released)
        {
            Answer(entry.FromNode, -answering);
            _redelegations.Remove(redelegationId);
        }
        else
        {
            _redelegations[redelegationId] =
                entry with { Shares = left, Magnitude = from.Magnitude, AssetsWei = answering };
        }

        if (isVoid)
        {
            return 0;
        }

        BigInteger burned =
            Leave(entry.ToNode, entry.Owner, slashed, unlocked: released ? entry.Shares : slashed, now);
        token.Burn(vault, burned);
        return burned;
    }

    private void Answer(long nodeId, BigInteger wei) =>
        _stakes[nodeId] = Of(nodeId) with { RedelegatedWei = Of(nodeId).RedelegatedWei + wei };
}
