using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Gplusck.Indexer.Tests.Simulation.Node;
using Gplusck.Indexer.Tests.Simulation.Oracle;
using Gplusck.Indexer.Tests.Simulation.World;
using Gplusck.Testing;

namespace Gplusck.Indexer.Tests.Simulation;

/// <summary>Deterministic simulation: see docs/simulation.md.</summary>
/// <remarks>50 seeds, 1,000 when GPLUSCK_TEST_LONG is set; GPLUSCK_SIMULATION_SEED plays one of them again.</remarks>
public sealed class SimulationTests(PostgresFixture postgres, ITestOutputHelper output)
{
    private static readonly string[] MustHappen =
    [
        "rpc error", "429", "429 storm", "5xx", "cut body", "no JSON", "reset", "timeout", "delay", "null",
        "null burst", "lost answer", "repeated answer", "batch error", "shuffle", "lagging backend", "old branch",
        "removed log", "idle lie", "lies named", "reorgs", "reorgs deeper than 64", "height went backwards",
        "reorgs undone", "connections killed", "writes under fire", "snapshots compared",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static int SeedsMax =>
        string.IsNullOrEmpty(Environment.GetEnvironmentVariable("GPLUSCK_TEST_LONG")) ? 50 : 1_000;

    [Fact]
    public async Task Every_seed_ends_with_the_tables_that_the_chain_says()
    {
        int? single = int.TryParse(
            Environment.GetEnvironmentVariable("GPLUSCK_SIMULATION_SEED"), CultureInfo.InvariantCulture, out int given)
            ? given
            : null;
        int[] seeds = single is int only ? [only] : [.. Enumerable.Range(1, SeedsMax)];
        string database = await postgres.CreateDatabaseAsync(Token);
        ConcurrentDictionary<int, string> failures = new();
        Tally tally = new();
        long started = Stopwatch.GetTimestamp();
        ParallelOptions parallel = new()
        {
            MaxDegreeOfParallelism = 2 * Environment.ProcessorCount,
            CancellationToken = Token,
        };
        await Parallel.ForEachAsync(seeds, parallel, async (seed, token) =>
        {
            await using SimulatedRun run = new(seed, database, tally);
            if (await run.PlayAsync(token) is string problem)
            {
                failures[seed] = problem;
            }
        });
        output.WriteLine($"{seeds.Length} seeds in {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s\n{tally}");
        Assert.True(failures.IsEmpty, string.Join("\n\n", failures.OrderBy(failure => failure.Key).Select(failure =>
            $"Seed {failure.Key}: {failure.Value}\nAgain: {Replay(failure.Key)}")));
        IEnumerable<string> kinds = Lies.Header.Select(kind => $"lie: header, {kind}")
            .Concat(Lies.Receipts.Select(kind => $"lie: receipts, {kind}")).Concat(MustHappen);
        Assert.True(
            single is not null || !kinds.Any(what => tally[what] == 0),
            $"Never happened: {string.Join(", ", kinds.Where(what => tally[what] == 0))}");
    }

    [Fact]
    public async Task The_comparison_notices_every_table_that_lacks_repeats_or_changes_a_row()
    {
        string database = await postgres.CreateDatabaseAsync(Token);
        await using SimulatedRun run = new(1, database, new Tally());
        Assert.Null(await run.PlayAsync(Token));
        IReadOnlyDictionary<string, string[]> sound = (await run.ReadAsync(Token))!;
        foreach ((string table, _) in ExpectedTables.Compared)
        {
            string[] rows = sound[table];
            Assert.True(rows.Length > 0, $"{table} is empty: seed 1 tests nothing there.");
            foreach (string[] spoilt in new string[][]
            {
                rows[1..], rows[..^1], [.. rows, rows[^1]], [$"{rows[0]}0", .. rows[1..]],
            })
            {
                Dictionary<string, string[]> tables = new(sound) { [table] = spoilt };
                Assert.Contains(
                    $"Table {table} ", Comparison.Of(tables, run.LastTip, run.Start), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void A_seed_draws_the_same_chain_and_the_same_faults_again()
    {
        Assert.Equal(Trace(7), Trace(7));
        Assert.NotEqual(Trace(7), Trace(8));
    }

    private static string Replay(int seed) =>
        $"GPLUSCK_SIMULATION_SEED={seed} dotnet artifacts/bin/Gplusck.Indexer.Tests/release/Gplusck.Indexer.Tests.dll "
        + "-class '*SimulationTests'";

    private static string Trace(int seed)
    {
        Dice dice = new(seed);
        ChainScript script = new(dice, forks: true, returns: true);
        FaultPlan plan = new(dice);
        IEnumerable<string> choices = Enumerable.Range(0, 200)
            .Select(time => $"{dice.Chance(0.2, "5xx", "eth_blockNumber[]", time)}");
        return string.Join(
            '\n', script.Tips.Select(tip => tip.Hash).Concat(choices).Append($"{plan.Verify} {plan.RangeBlocksMax}"));
    }
}
