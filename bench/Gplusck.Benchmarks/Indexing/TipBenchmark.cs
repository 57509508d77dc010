using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Gplusck.Chain;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Rpc;

namespace Gplusck.Benchmarks.Indexing;

/// <summary>
/// How long after the node announces a block a reader of Postgres sees it, at 10 blocks of 200 events a second; and how
/// long a reorg of 64 blocks with 10,000 events takes.
/// </summary>
/// <remarks>
/// A minute, or the seconds in GPLUSCK_BENCH_TIP_SECONDS; published figures are of 600. Afterwards every row and
/// balance is compared with the chain.
/// </remarks>
public sealed class TipBenchmark : IBenchmark
{
    private const string SecondsVariable = "GPLUSCK_BENCH_TIP_SECONDS";
    private const int DefaultSeconds = 60;
    private const int WarmUpBlocks = 50;
    private const int EventsPerBlock = 200;
    private const int ReorgBlocks = 64;
    private const int ReorgEventsPerBlock = 157;
    private static readonly TimeSpan BlockTime = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    public string Name => "tip";

    public async IAsyncEnumerable<Measurement> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        int seconds = Seconds();
        ScatterContract contract = await ScatterContract.CompileAsync(cancellationToken);
        await using BenchPostgres postgres = await BenchPostgres.StartAsync(cancellationToken);
        await using BenchNode node = await BenchNode.StartAsync(stateFile: null, cancellationToken);
        await node.DeployAsync(contract, cancellationToken);
        string database = await postgres.NewDatabaseAsync(cancellationToken);
        using IndexerProcess indexer = IndexerProcess.Start(node.Url, database, contract, "full", to: null);
        await using VisibleCheckpoint visible = new(database);
        await using NewHeads heads = await NewHeads.SubscribeAsync(node.Url, cancellationToken);
        await visible.WaitForAsync(await HeadAsync(node, cancellationToken), indexer, Limit, cancellationToken);

        long first = await node.Client.BlockNumberAsync(cancellationToken) + 1 + WarmUpBlocks;
        double rate = await GrowAsync(node, contract, WarmUpBlocks + (int)(seconds / BlockTime.TotalSeconds),
            cancellationToken);
        long last = await node.Client.BlockNumberAsync(cancellationToken);
        await visible.WaitForAsync(await HeadAsync(node, cancellationToken), indexer, Limit, cancellationToken);
        double[] latencies = Latencies(heads, visible, first, last);
        yield return Figure($"mined, {EventsPerBlock} events each", rate, "blocks/s");
        yield return Figure("head to visible, p50", latencies[latencies.Length / 2], "ms");
        yield return Figure("head to visible, p99", latencies[latencies.Length * 99 / 100], "ms");
        yield return Figure("head to visible, longest", latencies[^1], "ms");

        double reorg = await ReorgAsync(node, contract, visible, indexer, cancellationToken);
        yield return Figure($"reorg of {ReorgBlocks} blocks, {ReorgBlocks * ReorgEventsPerBlock} events", reorg, "s");

        long head = await node.Client.BlockNumberAsync(cancellationToken);
        ChainTruth truth = await ChainTruth.ReadAsync(node.Client, head, cancellationToken);
        await truth.CompareAsync(database, IndexerProcess.Transfers, IndexerProcess.Balances, cancellationToken);
        yield return Figure("events compared with the chain", truth.Transfers, "events");
    }

    /// <returns>Blocks a second that the node managed.</returns>
    private static async Task<double> GrowAsync(
        BenchNode node, ScatterContract contract, int blocks, CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        using PeriodicTimer timer = new(BlockTime);
        for (int block = 0; block < blocks; block++)
        {
            await timer.WaitForNextTickAsync(cancellationToken);
            await node.MineAsync([contract.Call(block, EventsPerBlock)], cancellationToken);
        }

        return blocks / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static double[] Latencies(NewHeads heads, VisibleCheckpoint visible, long first, long last)
    {
        List<double> milliseconds = [];
        for (long block = first; block <= last; block++)
        {
            if (heads.SeenAt(block) is not long announced || visible.SeenAt(block) is not long committed)
            {
                throw new GplusckException($"Block {block} was not announced or not committed.");
            }

            // The reader may see a block before its announcement is read here.
            milliseconds.Add(Math.Max(0, Stopwatch.GetElapsedTime(announced, committed).TotalMilliseconds));
        }

        return [.. milliseconds.Order()];
    }

    /// <returns>Seconds from the new branch's standing at the node to its standing in Postgres.</returns>
    private static async Task<double> ReorgAsync(
        BenchNode node, ScatterContract contract, VisibleCheckpoint visible, IndexerProcess indexer,
        CancellationToken cancellationToken)
    {
        const int OldSeed = 1_000_000;
        const int NewSeed = 2_000_000;
        foreach (int block in Enumerable.Range(OldSeed, ReorgBlocks))
        {
            await node.MineAsync([contract.Call(block, ReorgEventsPerBlock)], cancellationToken);
        }

        await visible.WaitForAsync(await HeadAsync(node, cancellationToken), indexer, Limit, cancellationToken);
        await node.ReorgAsync(
            [.. Enumerable.Range(NewSeed, ReorgBlocks).Select(seed => contract.Call(seed, ReorgEventsPerBlock))],
            cancellationToken);
        long started = Stopwatch.GetTimestamp();
        Hash32 head = await HeadAsync(node, cancellationToken);
        long stands = await visible.WaitForAsync(head, indexer, Limit, cancellationToken);
        return Math.Max(0, Stopwatch.GetElapsedTime(started, stands).TotalSeconds);
    }

    private static async Task<Hash32> HeadAsync(BenchNode node, CancellationToken cancellationToken) =>
        (await node.Client.GetBlockAsync(BlockTag.Latest, cancellationToken))!.Hash;

    private static Measurement Figure(string name, double value, string unit) =>
        new(name, Math.Round(value, 3), unit, null, null);

    private static int Seconds()
    {
        string? text = Environment.GetEnvironmentVariable(SecondsVariable);
        return string.IsNullOrEmpty(text) ? DefaultSeconds
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) && seconds > 0
                ? seconds
            : throw new InvalidInputException($"{SecondsVariable} is a number of seconds, not \"{text}\".");
    }
}
