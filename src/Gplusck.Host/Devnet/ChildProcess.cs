using System.Diagnostics;
using System.Runtime.InteropServices;
using Gplusck.Chain;

namespace Gplusck.Host.Devnet;

/// <summary>A program of the devnet, in a session of its own, writing to a log file.</summary>
/// <remarks>
/// A session of its own keeps the terminal's Ctrl-C from it, so that the host can stop its children in order. The
/// process id is kept in <c>LOG.pid</c>: a child that outlived a killed host is stopped by the next start.
/// </remarks>
public sealed partial class ChildProcess : IAsyncDisposable
{
    private const int Interrupt = 2;
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private readonly string _name;
    private readonly string _logFile;

    private ChildProcess(Process process, string name, string logFile)
    {
        _process = process;
        _name = name;
        _logFile = logFile;
    }

    /// <summary>Whether the program has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Starts <paramref name="command"/> with its output appended to <paramref name="logFile"/>.</summary>
    public static async Task<ChildProcess> StartAsync(
        string name, string logFile, IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        await StopLeftoverAsync(logFile, command, cancellationToken);
        ProcessStartInfo start = new("/bin/sh");
        string[] redirect = ["-c", "log=$1; shift; exec setsid \"$@\" >>\"$log\" 2>&1 </dev/null", "sh", logFile];
        foreach (string argument in redirect.Concat(command))
        {
            start.ArgumentList.Add(argument);
        }

        Process process = Process.Start(start) ?? throw new GplusckException($"{name} did not start.");
        await File.WriteAllTextAsync(PidFile(logFile), $"{process.Id}", cancellationToken);
        return new ChildProcess(process, name, logFile);
    }

    /// <summary>Polls until <paramref name="isReady"/> says yes.</summary>
    /// <exception cref="GplusckException">
    /// The program ended, or did not get ready in time; says what it printed last.
    /// </exception>
    public async Task WaitUntilReadyAsync(
        Func<CancellationToken, Task<bool>> isReady, TimeSpan limit, TimeProvider time,
        CancellationToken cancellationToken)
    {
        long started = time.GetTimestamp();
        while (!await isReady(cancellationToken))
        {
            if (HasExited || time.GetElapsedTime(started) > limit)
            {
                string what = HasExited ? "stopped" : $"is not ready after {limit.TotalSeconds:0} s";
                throw new GplusckException($"{_name} {what}: {LastLine()} (log: {_logFile})");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), time, cancellationToken);
        }
    }

    /// <summary>Interrupts the program and waits for it; kills it when it takes longer than 20 s.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(_process);
        File.Delete(PidFile(_logFile));
        _process.Dispose();
    }

    private static async Task StopAsync(Process process)
    {
        if (process.HasExited)
        {
            return;
        }

        _ = Kill(process.Id, Interrupt);
        using CancellationTokenSource limit = new(StopLimit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private static async Task StopLeftoverAsync(
        string logFile, IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        string pidFile = PidFile(logFile);
        if (!File.Exists(pidFile)
            || !int.TryParse(await File.ReadAllTextAsync(pidFile, cancellationToken), out int id)
            || !IsRunning(id, command[^1]))
        {
            return;
        }

        using Process leftover = Process.GetProcessById(id);
        await StopAsync(leftover);
    }

    // Process ids are reused: ours is only a process with our last argument, a path or port of this data folder.
    private static bool IsRunning(int id, string lastArgument)
    {
        string commandLine = $"/proc/{id}/cmdline";
        return File.Exists(commandLine) && File.ReadAllText(commandLine).Split('\0').Contains(lastArgument);
    }

    private static string PidFile(string logFile) => logFile + ".pid";

    private string LastLine() =>
        File.Exists(_logFile) ? File.ReadLines(_logFile).LastOrDefault(line => line.Length > 0) ?? "" : "";

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int processId, int signal);
}
