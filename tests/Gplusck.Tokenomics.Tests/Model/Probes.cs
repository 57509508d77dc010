using System.Numerics;
using Gplusck.Chain.Primitives;
using Gplusck.Tokenomics.Rules.Ledgers;

namespace Gplusck.Tokenomics.Tests.Model;

/// <summary>What can be compared between the model and the contracts.</summary>
internal sealed class Probes(World world)
{
    private const string Vault = "StakeVault";

    /// <summary>Everything there is.</summary>
    public IEnumerable<Probe> All() =>
    [
        .. Totals(),
        .. Everyone().SelectMany(Account),
        .. Enumerable.Range(1, (int)world.Nodes.Count).SelectMany(node => Node(node)),
        .. from node in Enumerable.Range(1, (int)world.Nodes.Count)
           from account in Everyone()
           from probe in Holding(node, account)
           select probe,
        .. world.Stakes.Requests.SelectMany(Request),
        .. world.Stakes.Redelegations.Keys.Select(Redelegation),
    ];

    public IEnumerable<Probe> Totals() =>
    [
        Probe.Of("Gpuck", "totalSupply", [], world.Gpuck.Supply),
        Probe.Of("Gpuck", "burned", [], world.Gpuck.Burned),
        Balance(world.Chain[Vault]),
        Balance(world.Chain["ComputeMarket"]),
        Balance(world.Chain["GpuckTimelock"]),
        Balance(world.Chain["GreenRewards"]),
        Probe.Of(Vault, "redelegationCount", [], world.Stakes.RedelegationCount),
    ];

    public IEnumerable<Probe> Account(Address account) => [Balance(account)];

    public IEnumerable<Probe> Node(long nodeId)
    {
        NodeStake stake = world.Stakes.Of(nodeId);
        NodeEntry node = world.Nodes.Find(nodeId)!;
        return
        [
            Probe.Of(Vault, "activeStake", [nodeId], stake.Active.AssetsWei),
            Probe.Of(Vault, "totalShares", [nodeId], stake.Active.Shares),
            Probe.Of(Vault, "unbondingStake", [nodeId], stake.Unbonding.AssetsWei),
            Probe.Of(Vault, "stakeBehind", [nodeId], stake.BehindWei),
            Probe.Of(Vault, "redelegatedStake", [nodeId], stake.RedelegatedWei),
            Probe.Of(Vault, "magnitude", [nodeId], stake.Magnitude),
            Probe.Of(Vault, "isFrozen", [nodeId], stake.Freezes > 0),
            Probe.Of(
                Vault, "toAssets", [nodeId, BigInteger.Pow(10, 30)], stake.Active.ToAssets(BigInteger.Pow(10, 30))),
            Probe.Of("NodeRegistry", "statusOf", [nodeId], node.Status),
            Probe.Of("NodeRegistry", "exitsAt", [nodeId], node.ExitsAt),
        ];
    }

    public IEnumerable<Probe> Holding(long nodeId, Address account) =>
    [
        Probe.Of(Vault, "sharesOf", [nodeId, account], world.Stakes.SharesOf(nodeId, account)),
        Probe.Of(Vault, "lockedShares", [nodeId, account], world.Stakes.LockedSharesOf(nodeId, account)),
    ];

    /// <summary>A node and a holding as they were at a past second.</summary>
    public IEnumerable<Probe> Past(long nodeId, Address account, long time)
    {
        StakePool pool = world.Stakes.PoolAt(nodeId, time);
        return
        [
            Probe.Of(Vault, "pastPool", [nodeId, time], pool.AssetsWei, pool.Shares),
            Probe.Of(
                Vault, "pastSharesOf", [nodeId, account, time], world.Stakes.SharesAt(nodeId, account, time)),
        ];
    }

    public IEnumerable<Probe> Request(UnbondTicket request) =>
    [
        Probe.Of(Vault, "requestAssets", [request.Id], world.Stakes.RequestAssetsWei(request)),
        world.Stakes.Requests.Contains(request)
            ? Probe.Of(
                Vault, "request", [request.Id],
                request.Owner, request.NodeId, request.MaturesAt, world.Stakes.RequestShares(request))
            : Probe.Of(Vault, "request", [request.Id], Address.Zero, 0, 0, 0),
    ];

    public Probe Redelegation(long id)
    {
        Redelegation entry = world.Stakes.Redelegations.GetValueOrDefault(id);
        return Probe.Of(
            Vault, "redelegation", [id],
            entry.Owner, entry.FromNode, entry.ToNode, entry.Shares, entry.Magnitude, entry.Until, entry.Generation,
            entry.AssetsWei);
    }

    public Probe Balance(Address account) =>
        Probe.Of("Gpuck", "balanceOf", [account], world.Gpuck.BalanceOf(account));

    private IEnumerable<Address> Everyone() => world.People.Concat(
        Enumerable.Range(1, (int)world.Nodes.Count).Select(node => World.Operator(node)));
}
