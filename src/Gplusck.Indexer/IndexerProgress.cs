namespace Gplusck.Indexer;

/// <summary>Where an indexer stands. Safe to read from any thread while it runs.</summary>
public sealed class IndexerProgress
{
    private const long None = -1;

    private long _indexedBlock = None;
    private long _headBlock = None;
    private long _events;
    private volatile string? _lastError;

    /// <summary>Highest block whose rows are committed; null before the first.</summary>
    public long? IndexedBlock => Read(ref _indexedBlock);

    /// <summary>Highest block the node had when last asked; null before the first answer.</summary>
    public long? HeadBlock => Read(ref _headBlock);

    /// <summary>Events committed since this run began, blocks that were taken back since included.</summary>
    public long EventsCommitted => Interlocked.Read(ref _events);

    /// <summary>Why the indexer stands still, in one sentence; null while it gets on.</summary>
    public string? LastError
    {
        get => _lastError;
        internal set => _lastError = value;
    }

    internal void SetIndexed(long? block) => Interlocked.Exchange(ref _indexedBlock, block ?? None);

    internal void SetHead(long block) => Interlocked.Exchange(ref _headBlock, block);

    internal void AddEvents(int count) => Interlocked.Add(ref _events, count);

    private static long? Read(ref long block) =>
        Interlocked.Read(ref block) is var value && value == None ? null : value;
}
