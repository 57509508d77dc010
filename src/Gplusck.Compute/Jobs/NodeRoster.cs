using Gplusck.Chain.Bindings;
using Microsoft.Extensions.Logging;

namespace Gplusck.Compute.Jobs;

/// <summary>
/// The nodes that may be given cells now, taken in turn: active on chain and not paused for a failure.
/// </summary>
internal sealed class NodeRoster(AccountChain chain, RequesterOptions options, TimeProvider time, ILogger logger)
    : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Dictionary<ulong, DateTimeOffset> _pausedUntil = [];
    private IReadOnlyList<ActiveNode> _active = [];
    private DateTimeOffset _readAt = DateTimeOffset.MinValue;
    private int _next;

    /// <summary>The next node in turn, or null when there is none.</summary>
    public async Task<ActiveNode?> NextAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            DateTimeOffset now = time.GetUtcNow();
            if (now - _readAt >= options.NodeListAge)
            {
                _active = await ReadAsync(cancellationToken);
                _readAt = now;
            }

            for (int tried = 0; tried < _active.Count; tried++)
            {
                ActiveNode node = _active[(int)((uint)_next++ % (uint)_active.Count)];
                if (!_pausedUntil.TryGetValue(node.NodeId, out DateTimeOffset until) || until <= now)
                {
                    return node;
                }
            }

            return null;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Gives a node no cells for a while.</summary>
    public async Task PauseAsync(ActiveNode node, string reason, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            _pausedUntil[node.NodeId] = time.GetUtcNow() + options.NodePause;
        }
        finally
        {
            _turn.Release();
        }

        Log.NodePaused(logger, node.NodeId, options.NodePause.TotalSeconds, reason);
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task<IReadOnlyList<ActiveNode>> ReadAsync(CancellationToken cancellationToken)
    {
        NodeRegistry registry = chain.Contracts.NodeRegistry;
        ulong count = await chain.ReadAsync(registry.NodeCount(), cancellationToken);
        List<ActiveNode> active = [];
        for (ulong nodeId = 1; nodeId <= count; nodeId++)
        {
            if (!await chain.ReadAsync(registry.IsActive(nodeId), cancellationToken))
            {
                continue;
            }

            Node node = await chain.ReadAsync(registry.Node(nodeId), cancellationToken);
            if (Uri.TryCreate($"{node.Profile.Endpoint.TrimEnd('/')}/", UriKind.Absolute, out Uri? endpoint)
                && (endpoint.Scheme == Uri.UriSchemeHttp || endpoint.Scheme == Uri.UriSchemeHttps))
            {
                active.Add(new ActiveNode(nodeId, node.Operator, endpoint));
            }
        }

        return active;
    }
}
