using System.Diagnostics;
using System.Globalization;
using Gplusck.Chain;
using Gplusck.Host.Devnet;

namespace Gplusck.Benchmarks.Indexing;

/// <summary><c>gplusck index</c> as its user runs it, in a process of its own.</summary>
internal static class IndexProcess
{
    /// <summary>Runs until the last block is committed.</summary>
    /// <returns>Seconds from start to exit, and the most memory it held, in MB.</returns>
    public static async Task<(double Seconds, double PeakMegabytes)> RunAsync(
        Uri rpc, string database, string manifest, long to, string verify, CancellationToken cancellationToken)
    {
        string program = Path.Combine(
            Checkout.Folder, "artifacts", "bin", "Gplusck.Host", "release", "Gplusck.Host.dll");
        ProcessStartInfo start = new(
            "dotnet",
            [program, "index", "--rpc", $"{rpc}", "--database", database, "--manifest", manifest, "--to", $"{to}",
            "--verify", verify])
        {
            RedirectStandardError = true,
        };
        long started = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start) ?? throw new GplusckException("dotnet did not start.");
        Task<string> errors = process.StandardError.ReadToEndAsync(cancellationToken);
        double peak = 0;
        while (!process.HasExited)
        {
            peak = Math.Max(peak, PeakMegabytes(process.Id));
            await Task.WhenAny(process.WaitForExitAsync(cancellationToken), Task.Delay(50, cancellationToken));
        }

        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return process.ExitCode == 0
            ? (seconds, peak)
            : throw new GplusckException($"gplusck index ended with {process.ExitCode}: {await errors}");
    }

    private static double PeakMegabytes(int process)
    {
        try
        {
            string line = File.ReadLines($"/proc/{process}/status")
                .First(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
            string kilobytes = line["VmHWM:".Length..].Replace("kB", "", StringComparison.Ordinal).Trim();
            return double.Parse(kilobytes, CultureInfo.InvariantCulture) / 1_024;
        }
        catch (Exception error) when (error is IOException or InvalidOperationException)
        {
            return 0;
        }
    }
}
