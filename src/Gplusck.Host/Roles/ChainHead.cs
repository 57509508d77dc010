using Gplusck.Chain.Rpc;

namespace Gplusck.Host.Roles;

/// <summary>The newest block of the chain, asked of the node at most twice a second however many ask here.</summary>
internal sealed class ChainHead(EthereumClient chain, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Freshness = TimeSpan.FromMilliseconds(500);

    private readonly SemaphoreSlim _one = new(1);
    private long _number;
    private long? _readAt;

    public async ValueTask<long> NumberAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (_readAt is not long readAt || time.GetElapsedTime(readAt) > Freshness)
            {
                _number = await chain.BlockNumberAsync(cancellationToken);
                _readAt = time.GetTimestamp();
            }

            return _number;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();
}
