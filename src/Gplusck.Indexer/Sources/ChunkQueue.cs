namespace Gplusck.Indexer.Sources;

/// <summary>The chunks of a range in order, a few of them under way at a time.</summary>
/// <remarks>
/// A chunk that comes back shorter than asked is followed by its rest before what comes after it, so nothing is left
/// out. Dispose it to call back what is still under way.
/// </remarks>
internal sealed class ChunkQueue : IAsyncDisposable
{
    private readonly ChunkSource _source;
    private readonly IndexerOptions _options;
    private readonly CancellationTokenSource _stop;
    private readonly Queue<(Task<BlockChunk> Chunk, long To)> _underWay = [];
    private readonly long _target;
    private long _next;

    public ChunkQueue(
        ChunkSource source, long from, long target, IndexerOptions options, CancellationToken cancellationToken)
    {
        _source = source;
        _options = options;
        _next = from;
        _target = target;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    }

    /// <summary>Whether the chunk that <see cref="NextAsync"/> gave last was the end of the range.</summary>
    public bool IsDone => _underWay.Count == 0 && _next > _target;

    /// <summary>The next chunk; null behind the end of the range.</summary>
    public async Task<BlockChunk?> NextAsync()
    {
        Fill();
        if (_underWay.Count == 0)
        {
            return null;
        }

        (Task<BlockChunk> fetching, long to) = _underWay.Dequeue();
        BlockChunk chunk = await fetching;
        if (chunk.Last.Number < to)
        {
            await CallBackAsync();
            _next = chunk.Last.Number + 1;
        }

        Fill();
        return chunk;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await CallBackAsync();
        _stop.Dispose();
    }

    private void Fill()
    {
        while (_underWay.Count < _options.RequestsMax && _next <= _target)
        {
            int blocks = Math.Min(_source.BlocksPerChunk, _options.RangeBlocksMax);
            long to = Math.Min(_target, _next + blocks - 1);
            long from = _next;
            _underWay.Enqueue((Task.Run(() => _source.FetchAsync(from, to, _stop.Token)), to));
            _next = to + 1;
        }
    }

    private async Task CallBackAsync()
    {
        foreach ((Task<BlockChunk> fetching, _) in _underWay)
        {
            await ((Task)fetching).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (fetching.IsCompletedSuccessfully)
            {
                (await fetching).Dispose();
            }
        }

        _underWay.Clear();
    }
}
