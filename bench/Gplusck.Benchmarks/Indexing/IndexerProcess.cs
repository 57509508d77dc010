using System.Diagnostics;
using System.Globalization;
using Gplusck.Chain;

namespace Gplusck.Benchmarks.Indexing;

/// <summary>`gplusck index` as its user runs it: a process of its own, from start to exit.</summary>
internal sealed class IndexerProcess : IDisposable
{
    /// <summary>The rows of the schema as <see cref="ChainTruth.CompareAsync"/> wants them.</summary>
    public const string Transfers = """
        SELECT concat_ws(' ', block_number, encode(transaction_hash, 'hex'), transaction_index, log_index,
            encode("from", 'hex'), encode("to", 'hex'), value)
        FROM bench.coin_transfer ORDER BY block_number, log_index
        """;

    /// <summary>The balances likewise.</summary>
    public const string Balances = "SELECT encode(account, 'hex') || ' ' || balance FROM bench.coin_balance ORDER BY 1";

    private static readonly TimeSpan LookAtMemory = TimeSpan.FromMilliseconds(20);

    private readonly Process _process;
    private readonly string _manifest;
    private readonly Task<string> _errors;
    private readonly long _started = Stopwatch.GetTimestamp();

    private IndexerProcess(Process process, string manifest)
    {
        _process = process;
        _manifest = manifest;
        _errors = process.StandardError.ReadToEndAsync();
        process.OutputDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
    }

    /// <summary>Most memory the process held at once so far, in bytes.</summary>
    public long PeakBytes { get; private set; }

    /// <summary>Starts an indexer of Transfer events and balances.</summary>
    /// <param name="rpc">The node.</param>
    /// <param name="database">Connection string.</param>
    /// <param name="contract">For its ABI.</param>
    /// <param name="verify">full, bloom or off.</param>
    /// <param name="to">Last block; null follows the chain.</param>
    public static IndexerProcess Start(Uri rpc, string database, ScatterContract contract, string verify, long? to)
    {
        string manifest = Path.Combine(BenchFolder.Path, $"manifest-{Guid.NewGuid():n}.json");
        File.WriteAllText(
            manifest,
            $$"""
            {"schema":"bench","contracts":[{"name":"Coin","address":"{{BenchNode.Coin}}",
                "abi":{{contract.AbiJson}},"events":["Transfer"],"projections":["erc20_balance"]}]}
            """);
        string[] until = to is long block ? ["--to", block.ToString(CultureInfo.InvariantCulture)] : [];
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "Gplusck.Host.dll"), "index", "--rpc", $"{rpc}",
            "--database", database, "--manifest", manifest, "--verify", verify, .. until,
        ];
        ProcessStartInfo start = new("dotnet", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return new IndexerProcess(
            Process.Start(start) ?? throw new GplusckException("dotnet did not start."), manifest);
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>Seconds since its start.</returns>
    /// <exception cref="GplusckException">It failed; says what it printed last.</exception>
    public async Task<double> WaitAsync(CancellationToken cancellationToken)
    {
        Task exit = _process.WaitForExitAsync(cancellationToken);
        do
        {
            ReadPeak();
            await Task.WhenAny(exit, Task.Delay(LookAtMemory, cancellationToken));
        }
        while (!exit.IsCompleted);
        await exit;
        double seconds = Stopwatch.GetElapsedTime(_started).TotalSeconds;
        return _process.ExitCode == 0 ? seconds : throw await FailureAsync();
    }

    /// <exception cref="GplusckException">It has ended; says what it printed last.</exception>
    public async Task ThrowIfEndedAsync()
    {
        if (_process.HasExited)
        {
            throw await FailureAsync();
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
        File.Delete(_manifest);
    }

    private async Task<GplusckException> FailureAsync()
    {
        string printed = (await _errors).TrimEnd();
        string last = printed[(printed.LastIndexOf('\n') + 1)..];
        return new GplusckException($"gplusck index ended with {_process.ExitCode}: {last}");
    }

    private void ReadPeak()
    {
        const string Field = "VmHWM:";
        string status = $"/proc/{_process.Id}/status";
        try
        {
            string? line = File.ReadLines(status).FirstOrDefault(
                candidate => candidate.StartsWith(Field, StringComparison.Ordinal));
            if (line is not null)
            {
                string kilobytes = line[Field.Length..].Replace("kB", "", StringComparison.Ordinal).Trim();
                PeakBytes = 1_024 * long.Parse(kilobytes, CultureInfo.InvariantCulture);
            }
        }
        catch (IOException)
        {
            // It ended just now; what was read last stands.
        }
    }
}
