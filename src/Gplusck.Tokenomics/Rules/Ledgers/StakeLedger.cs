using System.Numerics;
using Gplusck.Chain.Primitives;

namespace Gplusck.Tokenomics.Rules.Ledgers;

/// <summary>All stake, as <c>StakeVault</c> keeps it.</summary>
/// <remarks>Times are Unix seconds, amounts wei. An act that is refused changes nothing.</remarks>
/// <param name="token">The books of GPUCK.</param>
/// <param name="nodes">The books of the registry.</param>
/// <param name="terms">The terms.</param>
/// <param name="vault">The account that holds what is staked.</param>
public sealed partial class StakeLedger(TokenLedger token, NodeLedger nodes, Terms terms, Address vault)
{
    /// <summary>Smallest stake, in wei.</summary>
    public static readonly BigInteger StakeMinWei = BigInteger.Pow(10, 18);

    private const int LastGeneration = byte.MaxValue;
    private const int AssetBits = 96;
    private const int ActiveShareBits = 112;

    private readonly Dictionary<long, NodeStake> _stakes = [];
    private readonly Dictionary<(long Node, Address Account), Holding> _holdings = [];
    private readonly Dictionary<long, Timeline<StakePool>> _pools = [];
    private readonly Dictionary<(long Node, Address Account), Timeline<Holding>> _past = [];

    /// <summary>The stake of a node.</summary>
    public NodeStake Of(long nodeId) => _stakes.GetValueOrDefault(nodeId, NodeStake.Empty);

    /// <summary>Shares of an account in a node's active pool.</summary>
    public BigInteger SharesOf(long nodeId, Address account) => HoldingOf(nodeId, account).Shares;

    /// <summary>Shares of an account that came by redelegation and cannot leave yet.</summary>
    public BigInteger LockedSharesOf(long nodeId, Address account) => HoldingOf(nodeId, account).Locked;

    /// <summary>The active pool at the end of a second.</summary>
    public StakePool PoolAt(long nodeId, long time) =>
        _pools.TryGetValue(nodeId, out Timeline<StakePool>? pools) ? pools.At(time, default) : default;

    /// <summary>Active shares of an account at the end of a second.</summary>
    public BigInteger SharesAt(long nodeId, Address account, long time)
    {
        Holding then = _past.TryGetValue((nodeId, account), out Timeline<Holding>? past)
            ? past.At(time, default)
            : default;
        return then.Generation == PoolAt(nodeId, time).Generation ? then.Shares : BigInteger.Zero;
    }

    /// <summary>Moves wei of an account into a node's active pool.</summary>
    public BigInteger Stake(long nodeId, Address account, BigInteger assetsWei, BigInteger minimumShares, long now)
    {
        RefusedException.If(assetsWei < StakeMinWei, "StakeTooSmall");
        BigInteger shares = RequireJoin(nodeId, account, assetsWei);
        RefusedException.If(shares < minimumShares, "TooFewShares");
        token.Transfer(account, vault, assetsWei);
        Join(nodeId, account, assetsWei, locked: false, now);
        return shares;
    }

    /// <summary>Adds a reward to the active pool, if anyone is staked there.</summary>
    /// <returns>Whether the pool took it.</returns>
    public bool AddReward(long nodeId, Address payer, BigInteger assetsWei, long now)
    {
        NodeStake stake = Of(nodeId);
        if (stake.Active.Shares.IsZero)
        {
            return false;
        }

        token.Transfer(payer, vault, assetsWei);
        Set(nodeId, stake with { Active = stake.Active.Reward(assetsWei) }, now);
        return true;
    }

    /// <summary>A court holds the node's stake.</summary>
    public void Freeze(long nodeId) => _stakes[nodeId] = Of(nodeId) with { Freezes = Of(nodeId).Freezes + 1 };

    /// <summary>A court takes one hold back.</summary>
    public void Unfreeze(long nodeId)
    {
        RefusedException.If(Of(nodeId).Freezes == 0, "NotFrozen");
        _stakes[nodeId] = Of(nodeId) with { Freezes = Of(nodeId).Freezes - 1 };
    }

    /// <summary>A court takes stake of a node.</summary>
    /// <returns>Wei that the two pools lost, and what of them burned.</returns>
    public (BigInteger RemovedWei, BigInteger BurnedWei) Slash(
        long nodeId, BigInteger amountWei, int finderBps, Address finder, long now)
    {
        NodeStake before = Of(nodeId);
        NodeStake after = before.Slash(amountWei);
        BigInteger removed = before.BehindWei - after.BehindWei;
        BigInteger reward = finder == default ? 0 : removed * Math.Min(finderBps, 10_000) / 10_000;
        Set(nodeId, after, now);
        token.Burn(vault, removed - reward);
        token.Transfer(vault, finder, reward);
        return (removed, removed - reward);
    }

    private BigInteger RequireJoin(long nodeId, Address account, BigInteger assetsWei)
    {
        NodeStake stake = Of(nodeId);
        bool takes = stake.Freezes == 0 && nodes.TakesStakeOf(nodeId, account);
        RefusedException.If(stake.Active.Generation == LastGeneration || !takes, "NodeNotStakeable");
        StakePool joined = stake.Active.Deposit(assetsWei);
        RefusedException.IfOver(AssetBits, joined.AssetsWei);
        RefusedException.IfOver(ActiveShareBits, joined.Shares);
        return joined.Shares - stake.Active.Shares;
    }

    private void Join(long nodeId, Address account, BigInteger assetsWei, bool locked, long now)
    {
        NodeStake stake = Of(nodeId);
        StakePool joined = stake.Active.Deposit(assetsWei);
        BigInteger shares = joined.Shares - stake.Active.Shares;
        Holding holding = HoldingOf(nodeId, account);
        Set(nodeId, stake with { Active = joined }, now);
        Hold(
            nodeId, account,
            holding with { Shares = holding.Shares + shares, Locked = holding.Locked + (locked ? shares : 0) }, now);
    }

    private void RequireFree(long nodeId, Address account, BigInteger shares)
    {
        Holding holding = HoldingOf(nodeId, account);
        RefusedException.If(shares > holding.Shares - holding.Locked, "TooFewShares");
    }

    private BigInteger Leave(long nodeId, Address account, BigInteger shares, BigInteger unlocked, long now)
    {
        NodeStake stake = Of(nodeId);
        BigInteger assets = stake.Active.ToAssets(shares);
        Holding holding = HoldingOf(nodeId, account);
        Set(nodeId, stake with { Active = stake.Active.Redeem(shares) }, now);
        Hold(
            nodeId, account,
            holding with { Shares = holding.Shares - shares, Locked = holding.Locked - unlocked }, now);
        return assets;
    }

    private Holding HoldingOf(long nodeId, Address account)
    {
        int generation = Of(nodeId).Active.Generation;
        Holding holding = _holdings.GetValueOrDefault((nodeId, account));
        return holding.Generation == generation ? holding : new Holding(0, 0, generation);
    }

    private void Hold(long nodeId, Address account, Holding holding, long now)
    {
        _holdings[(nodeId, account)] = holding;
        if (!_past.TryGetValue((nodeId, account), out Timeline<Holding>? past))
        {
            _past[(nodeId, account)] = past = new Timeline<Holding>();
        }

        past.Set(now, holding);
    }

    private void Set(long nodeId, NodeStake stake, long now)
    {
        _stakes[nodeId] = stake;
        if (!_pools.TryGetValue(nodeId, out Timeline<StakePool>? pools))
        {
            _pools[nodeId] = pools = new Timeline<StakePool>();
        }

        pools.Set(now, stake.Active);
    }

    private readonly record struct Holding(BigInteger Shares, BigInteger Locked, int Generation);
}
