using System.Numerics;
using Gplusck.Chain.Bindings;
using Gplusck.Chain.Primitives;

namespace Gplusck.Tokenomics.Rules.Ledgers;

/// <summary>Nodes and where they stand, as <c>NodeRegistry</c> keeps them.</summary>
/// <remarks>Times are Unix seconds. Stake is told by the caller, who has the vault's books.</remarks>
public sealed class NodeLedger(Terms terms)
{
    private readonly Dictionary<long, NodeEntry> _nodes = [];
    private readonly Dictionary<Address, long> _nodeOf = [];

    /// <summary>Nodes so far; ids run from 1.</summary>
    public long Count => _nodes.Count;

    /// <summary>The node; null when there is none.</summary>
    public NodeEntry? Find(long nodeId) => _nodes.GetValueOrDefault(nodeId);

    /// <summary>The node that an account operates or operated; 0 for none.</summary>
    public long NodeOf(Address account) => _nodeOf.GetValueOrDefault(account);

    /// <summary>Registers a node for an account that never had one.</summary>
    public long Register(NodeEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        RefusedException.If(_nodeOf.ContainsKey(entry.Operator), "AlreadyRegistered");
        long nodeId = Count + 1;
        (_nodes[nodeId], _nodeOf[entry.Operator]) = (entry, nodeId);
        return nodeId;
    }

    /// <summary>Whether the node takes work.</summary>
    public bool IsActive(long nodeId, BigInteger activeWei) =>
        Find(nodeId)?.Status == NodeStatus.Active && activeWei >= terms.MinimumStakeWei;

    /// <summary>Whether <paramref name="account"/> may add stake, as far as the node's status says.</summary>
    public bool TakesStakeOf(long nodeId, Address account) => Find(nodeId) is { } node
        && (node.Status is NodeStatus.Registered or NodeStatus.Active
            || (node.Status == NodeStatus.Jailed && node.Operator == account));

    /// <summary>A registered node starts to work; anyone may say so.</summary>
    public void Activate(long nodeId, BigInteger activeWei)
    {
        NodeEntry node = Require(nodeId, NodeStatus.Registered);
        RefusedException.If(activeWei < terms.MinimumStakeWei, "StakeTooLow");
        _nodes[nodeId] = node with { Status = NodeStatus.Active };
    }

    /// <summary>A jailed node comes back.</summary>
    public void Unjail(long nodeId, Address caller, BigInteger activeWei, long now)
    {
        RequireOperator(nodeId, caller);
        NodeEntry node = Require(nodeId, NodeStatus.Jailed);
        RefusedException.If(now < node.JailedUntil, "StillJailed");
        RefusedException.If(activeWei < terms.MinimumStakeWei, "StakeTooLow");
        _nodes[nodeId] = node with { Status = NodeStatus.Active };
    }

    /// <summary>The operator starts to leave.</summary>
    public void Exit(long nodeId, Address caller, long now)
    {
        NodeEntry node = RequireOperator(nodeId, caller);
        RefusedException.If(
            node.Status is NodeStatus.Exiting or NodeStatus.Exited or NodeStatus.Tombstoned, "WrongStatus");
        _nodes[nodeId] = node with { Status = NodeStatus.Exiting, ExitsAt = now + terms.UnbondingSeconds };
    }

    /// <summary>An exit that has waited long enough ends; anyone may say so.</summary>
    public void FinishExit(long nodeId, long now)
    {
        NodeEntry? node = Find(nodeId);
        RefusedException.If(node?.Status != NodeStatus.Exiting || now < node.ExitsAt, "WrongStatus");
        _nodes[nodeId] = node! with { Status = NodeStatus.Exited };
    }

    /// <summary>A court jails a node that works or is jailed; any other it leaves alone.</summary>
    public void Jail(long nodeId, long now)
    {
        if (Find(nodeId) is { Status: NodeStatus.Active or NodeStatus.Jailed } node)
        {
            _nodes[nodeId] = node with { Status = NodeStatus.Jailed, JailedUntil = now + terms.JailSeconds };
        }
    }

    /// <summary>A court shuts a node out for good, unless it has left already.</summary>
    public void Tombstone(long nodeId)
    {
        if (Find(nodeId) is { Status: not (NodeStatus.Exited or NodeStatus.Tombstoned) } node)
        {
            _nodes[nodeId] = node with { Status = NodeStatus.Tombstoned };
        }
    }

    /// <summary>A cut of the commission falls at once, a rise after one unbonding period.</summary>
    public void AnnounceCommission(long nodeId, Address caller, ushort bps, long now)
    {
        NodeEntry node = RequireOperator(nodeId, caller);
        RefusedException.If(bps > 10_000, "InvalidProfile");
        ushort present = node.CommissionAt(now);
        _nodes[nodeId] = bps <= present
            ? node with { CommissionBps = bps, RisesAt = 0, NextCommissionBps = 0 }
            : node with
            {
                CommissionBps = present, RisesAt = now + terms.UnbondingSeconds, NextCommissionBps = bps,
            };
    }

    private NodeEntry RequireOperator(long nodeId, Address caller)
    {
        NodeEntry? node = Find(nodeId);
        RefusedException.If(node?.Operator != caller, "NotOperator");
        return node!;
    }

    private NodeEntry Require(long nodeId, NodeStatus status)
    {
        NodeEntry? node = Find(nodeId);
        RefusedException.If(node is null, "UnknownNode");
        RefusedException.If(node!.Status != status, "WrongStatus");
        return node;
    }
}
