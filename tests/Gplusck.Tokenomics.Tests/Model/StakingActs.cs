using System.Numerics;
using Gplusck.Chain.Bindings;
using Gplusck.Chain.Primitives;
using Gplusck.Tokenomics.Rules.Ledgers;

namespace Gplusck.Tokenomics.Tests.Model;

/// <summary>What stakers and courts do to stake, legal or not.</summary>
internal sealed class StakingActs(World world, Probes probes, Dice dice)
{
    private const string Vault = "StakeVault";

    private StakeLedger Stakes => world.Stakes;

    private Address Court => world.Chain["MicrocellCourt"];

    public Act Stake()
    {
        Address account = AnyStaker();
        long node = AnyNode();
        BigInteger purse = world.Gpuck.BalanceOf(account);
        BigInteger assets = dice.OneIn(8)
            ? dice.Amount(purse)
            : BigInteger.Min(purse, (1 + dice.Below(40_000)) * World.OneGpuck + dice.Below(1_000_000));
        BigInteger minimum = dice.OneIn(4) ? Stakes.Of(node).Active.ToShares(assets) + dice.Below(2) : 0;
        return ByHolder(
            account, node, "stake(uint48,uint256,uint256)", [node, assets, minimum],
            () => Stakes.Stake(node, account, assets, minimum, world.Now));
    }

    public Act RequestUnbond()
    {
        (long node, Address account) = AnyHolding();
        BigInteger shares = dice.Amount(Stakes.SharesOf(node, account) - Stakes.LockedSharesOf(node, account));
        UnbondTicket request = new(account, node, 0);
        return ByHolder(
            account, node, "requestUnbond", [node, shares],
            () => request = Stakes.RequestUnbond(node, account, shares, world.Now),
            () => probes.Request(request));
    }

    public Act CancelUnbond()
    {
        UnbondTicket request = AnyRequest();
        Address caller = OwnerOrAnyone(request.Owner);
        return ByHolder(
            caller, request.NodeId, "cancelUnbond", [request.Id],
            () => Stakes.CancelUnbond(request, caller, world.Now), () => probes.Request(request));
    }

    public Act Withdraw()
    {
        UnbondTicket request = AnyRequest();
        Address caller = OwnerOrAnyone(request.Owner);
        Address to = dice.Pick(world.People);
        return ByHolder(
            caller, request.NodeId, "withdraw", [request.Id, to],
            () => Stakes.Withdraw(request, caller, to, world.Now),
            () => [.. probes.Request(request), probes.Balance(to)]);
    }

    public Act Redelegate()
    {
        (long from, Address account) = AnyHolding();
        long to = AnyNode();
        BigInteger shares = dice.Amount(Stakes.SharesOf(from, account) - Stakes.LockedSharesOf(from, account));
        BigInteger minimum = dice.OneIn(6) ? dice.Amount(Stakes.Of(to).Active.Shares) : 0;
        return ByHolder(
            account, from, "redelegate", [from, to, shares, minimum],
            () => Stakes.Redelegate(from, to, account, shares, minimum, world.Now),
            () => [probes.Redelegation(Stakes.RedelegationCount), .. NodeAnd(to, account)]);
    }

    public Act SettleRedelegation()
    {
        long id = Stakes.Redelegations.Count > 0 && !dice.OneIn(20)
            ? dice.Pick(Stakes.Redelegations.Keys.ToArray())
            : dice.Below((int)Stakes.RedelegationCount + 2);
        Redelegation entry = Stakes.Redelegations.GetValueOrDefault(id);
        return ByHolder(
            dice.Pick(world.People), Math.Max(1, entry.FromNode), "settleRedelegation", [id],
            () => Stakes.SettleRedelegation(id, world.Now),
            () => [probes.Redelegation(id), .. NodeAnd(Math.Max(1, entry.ToNode), entry.Owner)]);
    }

    public Act Slash()
    {
        long node = AnyNode();
        NodeStake stake = Stakes.Of(node);
        BigInteger all = stake.BehindWei + stake.RedelegatedWei;
        BigInteger amount = dice.Below(12) switch
        {
            0 => dice.Amount(all),
            1 => all - dice.Below(1_000_000),
            2 => all * (10_000 - dice.Below(20)) / 10_000,
            _ => all * dice.Below(2_000) / 10_000,
        };
        amount = BigInteger.Max(0, amount);
        int finderBps = dice.OneIn(10) ? dice.Below(12_000) : 2_000;
        Address finder = dice.OneIn(5) ? Address.Zero : dice.Pick(world.People);
        return ByCourt(
            node, "slash", [node, 1, amount, finderBps, finder],
            () => Stakes.Slash(node, amount, finderBps, finder, world.Now),
            () => finder == Address.Zero ? [] : [probes.Balance(finder)]);
    }

    public Act Freeze()
    {
        long node = AnyKnownNode();
        return ByCourt(node, "freeze", [node], () => Stakes.Freeze(node), () => []);
    }

    public Act Unfreeze()
    {
        long[] frozen = [.. Known().Where(node => Stakes.Of(node).Freezes > 0)];
        long node = frozen.Length > 0 && !dice.OneIn(10) ? dice.Pick(frozen) : AnyKnownNode();
        return ByCourt(node, "unfreeze", [node], () => Stakes.Unfreeze(node), () => []);
    }

    public IEnumerable<Probe> SomethingPast()
    {
        long node = AnyKnownNode();
        long time = world.Now - 1 - (dice.OneIn(4) ? dice.Below(100_000) : dice.Below(2_000));
        return probes.Past(node, AnyStaker(), Math.Max(0, time));
    }

    private Act ByHolder(
        Address account, long node, string function, object[] arguments, Action apply,
        Func<IEnumerable<Probe>>? more = null) =>
        new(account, Vault, function, arguments, apply,
            () => [.. NodeAnd(node, account), .. probes.Totals(), .. more?.Invoke() ?? []]);

    private Act ByCourt(
        long node, string function, object[] arguments, Action apply, Func<IEnumerable<Probe>> more)
    {
        Address caller = dice.OneIn(12) ? dice.Pick(world.People) : Court;
        return new Act(
            caller, Vault, function, arguments,
            () =>
            {
                RefusedException.If(caller != Court, "NotAuthorised");
                apply();
            },
            () => [.. node <= world.Nodes.Count ? probes.Node(node) : [], .. probes.Totals(), .. more()]);
    }

    private IEnumerable<Probe> NodeAnd(long node, Address account) => node >= 1 && node <= world.Nodes.Count
        ? [.. probes.Node(node), .. probes.Holding(node, account), probes.Balance(account)]
        : [probes.Balance(account)];

    private IEnumerable<long> Known() => Enumerable.Range(1, (int)world.Nodes.Count).Select(node => (long)node);

    // Nodes that still take part, mostly; any node, sometimes; an unknown one, rarely.
    private long AnyNode() => dice.OneIn(60) ? world.Nodes.Count + 1 : AnyKnownNode();

    private long AnyKnownNode()
    {
        long[] living = [.. Known().Where(node => world.Nodes.Find(node)!.Status is not
            (NodeStatus.Exited or NodeStatus.Tombstoned))];
        return living.Length > 0 && !dice.OneIn(8) ? dice.Pick(living) : 1 + dice.Below((int)world.Nodes.Count);
    }

    private Address AnyStaker() => dice.OneIn(5)
        ? World.Operator(1 + dice.Below((int)world.Nodes.Count))
        : dice.Pick(world.People);

    private (long Node, Address Account) AnyHolding()
    {
        for (int attempt = 0; attempt < 10; attempt++)
        {
            (long node, Address account) = (AnyKnownNode(), AnyStaker());
            if (Stakes.SharesOf(node, account) > 0)
            {
                return (node, account);
            }
        }

        return (AnyNode(), AnyStaker());
    }

    private UnbondTicket AnyRequest()
    {
        UnbondTicket[] due = [.. Stakes.Requests.Where(request => request.MaturesAt <= world.Now)];
        return due.Length > 0 && dice.OneIn(2) ? dice.Pick(due)
            : Stakes.Requests.Count > 0 && !dice.OneIn(20) ? dice.Pick(Stakes.Requests)
            : new UnbondTicket(AnyStaker(), AnyKnownNode(), world.Now + dice.Below(100) - 50);
    }

    private Address OwnerOrAnyone(Address owner) => dice.OneIn(12) ? dice.Pick(world.People) : owner;
}
