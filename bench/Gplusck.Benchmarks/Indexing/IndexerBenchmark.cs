using System.Runtime.CompilerServices;
using Gplusck.Chain.Rpc;

namespace Gplusck.Benchmarks.Indexing;

/// <summary>`gplusck index` with balances, in every mode, against the node's floor.</summary>
/// <remarks>
/// The floor is a client that asks the same node for the same headers and receipts and throws them away. Every run is
/// followed by a comparison of every row and balance with the chain.
/// </remarks>
public sealed class IndexerBenchmark : IBenchmark
{
    private const int Rounds = 3;
    private static readonly string[] Modes = ["full", "bloom", "off"];

    public string Name => "indexer";

    public async IAsyncEnumerable<Measurement> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using TransferChain chain = await TransferChain.OpenAsync(cancellationToken);
        await using BenchPostgres postgres = await BenchPostgres.StartAsync(cancellationToken);
        EthereumClient client = EthereumClient.Connect(chain.Url, TimeProvider.System);
        ChainTruth truth = await ChainTruth.ReadAsync(client, TransferChain.LastBlock, cancellationToken);
        NodeFloor floor = new(chain.Url, TransferChain.FirstBlock, TransferChain.LastBlock);
        await floor.FindShapeAsync(cancellationToken);
        List<double> floors = [];
        Dictionary<string, List<IndexerCost>> costs = Modes.ToDictionary(mode => mode, _ => new List<IndexerCost>());
        for (int round = 0; round < Rounds; round++)
        {
            floors.Add(await floor.SecondsAsync(cancellationToken));
            foreach (string mode in Modes)
            {
                costs[mode].Add(await IndexerCost.MeasureAsync(chain, postgres, truth, mode, cancellationToken));
            }
        }

        double floorSeconds = Math.Round(Median(floors), 3);
        (int blocks, int requests) = floor.Shape;
        yield return new Measurement(
            $"node floor, {blocks} blocks a request, {requests} at a time", floorSeconds, "s", null, null);
        yield return new Measurement("bytes the node sends", Math.Round(1e-6 * floor.Bytes, 1), "MB", null, null);
        foreach (string mode in Modes)
        {
            double seconds = Median(costs[mode].Select(cost => cost.Seconds));
            double peak = costs[mode].Max(cost => cost.PeakMegabytes);
            yield return new Measurement(
                $"index {mode} vs node floor", Math.Round(seconds, 3), "s", floorSeconds,
                Math.Round(floorSeconds / seconds, 3));
            yield return Measurement.OfRate(
                $"index {mode}, events", "events/s", TransferChain.Events, seconds, floorSeconds);
            yield return new Measurement($"index {mode}, peak resident", Math.Round(peak, 1), "MB", null, null);
        }
    }

    private static double Median(IEnumerable<double> sample)
    {
        double[] sorted = [.. sample.Order()];
        return sorted[sorted.Length / 2];
    }
}
