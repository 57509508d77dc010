using System.Numerics;
using Gplusck.Chain.Bindings;
using Microsoft.Extensions.Logging;

namespace Gplusck.Compute.Operator;

/// <summary>Brings an operator's node to work and keeps it there: registers, stakes, activates, unjails.</summary>
internal sealed class NodeKeeper(AccountChain chain, OperatorOptions options, ILogger logger)
{
    private volatile string? _whyNoWork = "The node is not registered yet.";
    private ulong _nodeId;

    /// <summary>The node; 0 before it is registered.</summary>
    public ulong NodeId => Volatile.Read(ref _nodeId);

    /// <summary>Why the node gets no work, or null when it is active.</summary>
    public string? WhyNoWork => _whyNoWork;

    /// <summary>Looks at the node once and takes the steps that lead to work.</summary>
    public async Task KeepAsync(CancellationToken cancellationToken)
    {
        NodeRegistry registry = chain.Contracts.NodeRegistry;
        ulong nodeId = await chain.ReadAsync(registry.NodeOf(chain.Account), cancellationToken);
        if (nodeId == 0)
        {
            await chain.SendAsync(registry.Register(options.Profile), cancellationToken);
            nodeId = await chain.ReadAsync(registry.NodeOf(chain.Account), cancellationToken);
            Log.NodeRegistered(logger, nodeId, chain.Account);
        }

        Volatile.Write(ref _nodeId, nodeId);
        Node node = await chain.ReadAsync(registry.Node(nodeId), cancellationToken);
        if (node.Profile.Endpoint != options.Profile.Endpoint)
        {
            await chain.SendAsync(registry.SetEndpoint(nodeId, options.Profile.Endpoint), cancellationToken);
        }

        _whyNoWork = await LeadToWorkAsync(nodeId, node, cancellationToken);
    }

    private async Task<string?> LeadToWorkAsync(ulong nodeId, Node node, CancellationToken cancellationToken)
    {
        if (node.Status is NodeStatus.Exiting or NodeStatus.Exited)
        {
            return "The node is leaving the network.";
        }

        ulong now = await chain.TimestampAsync(cancellationToken);
        if (node.Status == NodeStatus.Jailed && now < node.JailedUntil)
        {
            return $"The node is jailed until {DateTimeOffset.FromUnixTimeSeconds((long)node.JailedUntil):u}.";
        }

        if (await TopUpAsync(nodeId, cancellationToken) is string shortOfStake)
        {
            return shortOfStake;
        }

        if (node.Status == NodeStatus.Active)
        {
            return null;
        }

        await chain.SendAsync(
            node.Status == NodeStatus.Jailed
                ? chain.Contracts.NodeRegistry.Unjail(nodeId)
                : chain.Contracts.NodeRegistry.Activate(nodeId),
            cancellationToken);
        Log.NodeActivated(logger, nodeId, chain.Account);
        return null;
    }

    private async Task<string?> TopUpAsync(ulong nodeId, CancellationToken cancellationToken)
    {
        (Gpuck token, StakeVault vault) = (chain.Contracts.Gpuck, chain.Contracts.StakeVault);
        BigInteger minimum = await chain.ReadAsync(chain.Contracts.Terms.MinimumStakeWei(), cancellationToken);
        BigInteger stake = await chain.ReadAsync(vault.ActiveStake(nodeId), cancellationToken);
        if (stake >= minimum)
        {
            return null;
        }

        BigInteger missing = BigInteger.Max(options.StakeWei, minimum) - stake;
        BigInteger balance = await chain.ReadAsync(token.BalanceOf(chain.Account), cancellationToken);
        BigInteger amount = BigInteger.Min(missing, balance);
        if (stake + amount < minimum)
        {
            return $"The node has {stake} wei at stake and needs {minimum}; the operator holds {balance}.";
        }

        await chain.SendAsync(token.Approve(vault.Address, amount), cancellationToken);
        await chain.SendAsync(vault.Stake(nodeId, amount, BigInteger.One), cancellationToken);
        Log.Staked(logger, nodeId, amount);
        return null;
    }
}
