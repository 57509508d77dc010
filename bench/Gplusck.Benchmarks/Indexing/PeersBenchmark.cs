using System.Runtime.CompilerServices;
using Gplusck.Chain.Rpc;

namespace Gplusck.Benchmarks.Indexing;

/// <summary>Ponder, from npm, and `gplusck index` over the same chain into the same Postgres.</summary>
/// <remarks>
/// Both write every Transfer and every balance. Ours runs with its default, full verification, before and after Ponder,
/// and the slower run counts. A ratio is printed only after every row of both was compared with the chain.
/// </remarks>
public sealed class PeersBenchmark : IBenchmark
{
    public string Name => "peers";

    public async IAsyncEnumerable<Measurement> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await PonderProcess.InstallAsync(cancellationToken);
        await using TransferChain chain = await TransferChain.OpenAsync(cancellationToken);
        await using BenchPostgres postgres = await BenchPostgres.StartAsync(cancellationToken);
        EthereumClient client = EthereumClient.Connect(chain.Url, TimeProvider.System);
        ChainTruth truth = await ChainTruth.ReadAsync(client, TransferChain.LastBlock, cancellationToken);

        IndexerCost before = await IndexerCost.MeasureAsync(chain, postgres, truth, "full", cancellationToken);
        double ponder = await PonderAsync(chain, postgres, truth, cancellationToken);
        IndexerCost after = await IndexerCost.MeasureAsync(chain, postgres, truth, "full", cancellationToken);

        double ours = Math.Max(before.Seconds, after.Seconds);
        yield return new Measurement(
            "index full vs Ponder 0.16.10", Math.Round(ours, 3), "s", Math.Round(ponder, 3),
            Math.Round(ponder / ours, 2));
        yield return Measurement.OfRate(
            "index full vs Ponder 0.16.10, events", "events/s", TransferChain.Events, ours, ponder);
    }

    private static async Task<double> PonderAsync(
        TransferChain chain, BenchPostgres postgres, ChainTruth truth, CancellationToken cancellationToken)
    {
        string database = await postgres.NewDatabaseAsync(cancellationToken);
        await using PonderProcess ponder = await PonderProcess.StartAsync(chain.Url, database, cancellationToken);
        double seconds = await ponder.WaitUntilDoneAsync(cancellationToken);
        await truth.CompareAsync(database, PonderProcess.Transfers, PonderProcess.Balances, cancellationToken);
        return seconds;
    }
}
