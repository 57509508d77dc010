using System.Globalization;
using System.Text.Json;
using Gplusck.Benchmarks;
using Gplusck.Benchmarks.Indexing;
using Gplusck.Chain;

IBenchmark[] benchmarks =
[
    new GemmBenchmark(), new FreivaldsBenchmark(), new CommitBenchmark(), new ContractsBenchmark(),
    new IndexerBenchmark(), new PeersBenchmark(), new TipBenchmark(), new DecodeBenchmark(),
];

string[] names = [.. args.Where(argument => argument != "--json")];
IBenchmark? chosen = names.Length == 1 ? benchmarks.FirstOrDefault(benchmark => benchmark.Name == names[0]) : null;
if (chosen is null)
{
    string known = string.Join(", ", benchmarks.Select(benchmark => benchmark.Name));
    Console.Error.WriteLine($"gplusck bench needs one name of: {known}.");
    return 2;
}

using CancellationTokenSource stop = new();
Console.CancelKeyPress += (_, press) =>
{
    press.Cancel = true;
    stop.Cancel();
};
bool json = args.Contains("--json");
try
{
    await foreach (Measurement measurement in chosen.RunAsync(stop.Token))
    {
        Console.WriteLine(json ? JsonSerializer.Serialize(measurement) : InWords(measurement));
    }

    return 0;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    return 1;
}
catch (GplusckException exception)
{
    Console.Error.WriteLine($"gplusck bench: {exception.Message}");
    return 1;
}

static string InWords(Measurement m) => string.Create(
    CultureInfo.InvariantCulture,
    $"{m.Name,-44} {m.Value,12} {m.Unit,-8} baseline {m.Baseline,12}   {m.Ratio,8} times");
