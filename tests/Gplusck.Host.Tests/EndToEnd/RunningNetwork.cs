using System.Diagnostics;
using System.Text.Json;
using Gplusck.Testing;

namespace Gplusck.Host.Tests.EndToEnd;

/// <summary>
/// `gplusck up` as its user runs it: a process of its own, watched through what it prints and serves.
/// </summary>
internal sealed class RunningNetwork : IAsyncDisposable
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler());
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);

    private readonly Process _process;

    private RunningNetwork(Process process, Uri url)
    {
        _process = process;
        Url = url;
    }

    public Uri Url { get; }

    public static async Task<RunningNetwork> StartAsync(
        string dataFolder, int port, CancellationToken cancellationToken)
    {
        Process process = GplusckProgram.Start("up", "--port", $"{port}", "--data", dataFolder);
        Task<string> errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StartLimit);
        try
        {
            while (await process.StandardOutput.ReadLineAsync(limit.Token) is string line)
            {
                if (line.StartsWith("ready ", StringComparison.Ordinal))
                {
                    return new RunningNetwork(process, new Uri(line["ready ".Length..]));
                }
            }
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }

        throw new InvalidOperationException($"`up` did not get ready: {await errors}");
    }

    public async Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken)
    {
        string json = await Http.GetStringAsync(new Uri(Url, $"/api/v1/{path}"), cancellationToken);
        using JsonDocument document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    /// <summary>Ctrl-C, then waits for the end.</summary>
    public async Task<int> InterruptAsync(CancellationToken cancellationToken)
    {
        using Process kill = Process.Start("kill", ["-INT", $"{_process.Id}"]);
        await kill.WaitForExitAsync(cancellationToken);
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await InterruptAsync(CancellationToken.None);
        }

        _process.Dispose();
    }
}
