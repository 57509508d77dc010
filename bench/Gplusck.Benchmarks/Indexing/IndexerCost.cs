namespace Gplusck.Benchmarks.Indexing;

/// <summary>What one run of `gplusck index` over the workload took.</summary>
/// <param name="Seconds">From its start to its exit.</param>
/// <param name="PeakMegabytes">Most memory resident at once, in millions of bytes.</param>
internal sealed record IndexerCost(double Seconds, double PeakMegabytes)
{
    /// <summary>Runs it into a new database and compares what it wrote with the chain.</summary>
    public static async Task<IndexerCost> MeasureAsync(
        TransferChain chain, BenchPostgres postgres, ChainTruth truth, string verify,
        CancellationToken cancellationToken)
    {
        string database = await postgres.NewDatabaseAsync(cancellationToken);
        using IndexerProcess indexer = IndexerProcess.Start(
            chain.Url, database, chain.Contract, verify, TransferChain.LastBlock);
        double seconds = await indexer.WaitAsync(cancellationToken);
        await truth.CompareAsync(database, IndexerProcess.Transfers, IndexerProcess.Balances, cancellationToken);
        await postgres.DropAsync(database, cancellationToken);
        return new IndexerCost(seconds, 1e-6 * indexer.PeakBytes);
    }
}
