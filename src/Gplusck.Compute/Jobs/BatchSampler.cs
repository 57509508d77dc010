namespace Gplusck.Compute.Jobs;

/// <summary>Draws batches of images without repetition until every image was drawn, then shuffles anew.</summary>
internal sealed class BatchSampler
{
    private readonly int[] _order;
    private readonly int _batch;
    private readonly Random _random;
    private int _next;

    public BatchSampler(int images, int batch, Random random)
    {
        _order = [.. Enumerable.Range(0, images)];
        _batch = batch;
        _random = random;
        _next = images;
    }

    /// <summary>The numbers of the next images; the same memory every time.</summary>
    public ReadOnlySpan<int> Next()
    {
        if (_next + _batch > _order.Length)
        {
            _random.Shuffle(_order);
            _next = 0;
        }

        _next += _batch;
        return _order.AsSpan(_next - _batch, _batch);
    }
}
