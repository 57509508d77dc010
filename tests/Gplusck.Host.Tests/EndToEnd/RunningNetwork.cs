using System.Diagnostics;
using System.Text.Json;
using Gplusck.Host.Devnet;

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
        Process process = Launch("up", "--port", $"{port}", "--data", dataFolder);
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

    /// <summary>Runs a command to its end.</summary>
    public static async Task<(int Code, string Output, string Errors)> RunAsync(
        CancellationToken cancellationToken, params string[] arguments)
    {
        using Process process = Launch(arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        string errors = await process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, await output, errors);
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

    private static Process Launch(params string[] arguments)
    {
        string assembly = Path.Combine(AppContext.BaseDirectory, "Gplusck.Host.dll");
        ProcessStartInfo start = new("dotnet", [assembly, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["GPLUSCK_HOME"] = Checkout.Folder;
        return Process.Start(start)!;
    }
}
