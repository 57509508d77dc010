using System.Numerics;
using Gplusck.Chain.Bindings;
using Gplusck.Chain.Primitives;
using Gplusck.Tokenomics.Rules.Ledgers;

namespace Gplusck.Tokenomics.Tests.Model;

/// <summary>What operators and courts do in the registry, legal or not.</summary>
internal sealed class RegistryActs(World world, Probes probes, Dice dice)
{
    private const string Registry = "NodeRegistry";

    private NodeLedger Nodes => world.Nodes;

    private Address Court => world.Chain["MicrocellCourt"];

    public Act Register()
    {
        bool again = Nodes.Count > 0 && dice.OneIn(4);
        long number = again ? 1 + dice.Below((int)Nodes.Count) : Nodes.Count + 1;
        EnergySource[] sources = [EnergySource.Solar, EnergySource.Wind, EnergySource.Hydro, EnergySource.Coal];
        NodeEntry entry = new(
            World.Operator(number), dice.Pick(sources), 276, (uint)(1_000 + dice.Below(5_000)),
            (ushort)dice.Below(10_001));
        object[] profile =
        [
            entry.Source, entry.Zone, "DE"u8.ToArray(), entry.NameplateWatts, entry.CommissionBps, "http://127.0.0.1:1",
        ];
        return new Act(
            entry.Operator, Registry, "register", [profile], () => Nodes.Register(entry),
            () => [Probe.Of(Registry, "nodeCount", [], Nodes.Count)]);
    }

    public Act Activate()
    {
        long node = Waiting(NodeStatus.Registered);
        return Step(dice.Pick(world.People), node, "activate", [node], () => Nodes.Activate(node, ActiveOf(node)));
    }

    public Act Unjail()
    {
        long node = Waiting(NodeStatus.Jailed);
        Address caller = OperatorOrAnyone(node);
        return Step(
            caller, node, "unjail", [node], () => Nodes.Unjail(node, caller, ActiveOf(node), world.Now));
    }

    public Act Exit()
    {
        long node = Any();
        Address caller = OperatorOrAnyone(node);
        return Step(caller, node, "exit", [node], () => Nodes.Exit(node, caller, world.Now));
    }

    public Act FinishExit()
    {
        long node = Waiting(NodeStatus.Exiting);
        return Step(dice.Pick(world.People), node, "finishExit", [node], () => Nodes.FinishExit(node, world.Now));
    }

    public Act AnnounceCommission()
    {
        long node = Any();
        Address caller = OperatorOrAnyone(node);
        ushort bps = (ushort)dice.Below(10_100);
        return Step(
            caller, node, "announceCommission", [node, bps],
            () => Nodes.AnnounceCommission(node, caller, bps, world.Now));
    }

    public Act Jail()
    {
        long node = Any();
        return ByCourt(node, "jail", () => Nodes.Jail(node, world.Now));
    }

    public Act Tombstone()
    {
        long node = Any();
        return ByCourt(node, "tombstone", () => Nodes.Tombstone(node));
    }

    private Act ByCourt(long node, string function, Action apply)
    {
        Address caller = dice.OneIn(12) ? dice.Pick(world.People) : Court;
        return Step(caller, node, function, [node], () =>
        {
            RefusedException.If(caller != Court, "NotAuthorised");
            apply();
        });
    }

    private Act Step(Address caller, long node, string function, object[] arguments, Action apply) =>
        new(caller, Registry, function, arguments, apply, () => node <= Nodes.Count ? probes.Node(node) : []);

    private long Any() => 1 + dice.Below((int)Nodes.Count + (dice.OneIn(30) ? 1 : 0));

    private long Waiting(NodeStatus status)
    {
        long[] waiting =
        [
            .. Enumerable.Range(1, (int)Nodes.Count).Select(node => (long)node)
                .Where(node => Nodes.Find(node)!.Status == status),
        ];
        return waiting.Length > 0 && !dice.OneIn(8) ? dice.Pick(waiting) : Any();
    }

    private BigInteger ActiveOf(long node) => world.Stakes.Of(node).Active.AssetsWei;

    private Address OperatorOrAnyone(long node) => dice.OneIn(12) ? dice.Pick(world.People) : World.Operator(node);
}
