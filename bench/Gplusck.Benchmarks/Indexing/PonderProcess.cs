using System.Diagnostics;
using System.Globalization;
using Gplusck.Host.Devnet;
using Npgsql;

namespace Gplusck.Benchmarks.Indexing;

/// <summary>`ponder start` of bench/peers, as its manual says for production.</summary>
internal sealed class PonderProcess : IAsyncDisposable
{
    /// <summary>Its rows as <see cref="ChainTruth"/> wants them.</summary>
    public const string Transfers = """
        SELECT concat_ws(' ', block_number, substr(transaction_hash, 3), transaction_index, log_index,
            substr("from", 3), substr("to", 3), value)
        FROM ponder.transfer ORDER BY block_number, log_index
        """;

    /// <summary>Its balances likewise; it keeps accounts that hold nothing any more.</summary>
    public const string Balances = """
        SELECT substr(address, 3) || ' ' || balance FROM ponder.account WHERE balance <> 0 ORDER BY address
        """;

    private const string Folder = "bench/peers";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(30);
    private static readonly HttpClient Http = new(new SocketsHttpHandler(), disposeHandler: false);

    private readonly ChildProcess _process;
    private readonly Uri _ready;
    private readonly long _started;

    private PonderProcess(ChildProcess process, Uri ready, long started)
    {
        _process = process;
        _ready = ready;
        _started = started;
    }

    public static Task InstallAsync(CancellationToken cancellationToken) =>
        NpmFolder.InstallAsync(Folder, cancellationToken);

    public static async Task<PonderProcess> StartAsync(
        Uri rpc, string connectionString, CancellationToken cancellationToken)
    {
        int port = FreePort.Next();
        string folder = Path.Combine(Checkout.Folder, Folder);
        string[] command =
        [
            "env", "-C", folder, $"DATABASE_URL={UrlOf(connectionString)}", $"PEER_RPC={rpc}",
            $"PEER_COIN={BenchNode.Coin}",
            string.Create(CultureInfo.InvariantCulture, $"PEER_LAST_BLOCK={TransferChain.LastBlock}"),
            "PONDER_TELEMETRY_DISABLED=true", "NODE_ENV=production", Path.Combine("node_modules", ".bin", "ponder"),
            "start", "--schema", "ponder", "--hostname", "127.0.0.1", "--port", $"{port}",
        ];
        long started = Stopwatch.GetTimestamp();
        ChildProcess process = await ChildProcess.StartAsync(
            "ponder", Path.Combine(BenchFolder.Path, "ponder.log"), command, cancellationToken);
        return new PonderProcess(process, new Uri($"http://127.0.0.1:{port}/ready"), started);
    }

    /// <summary>Waits until it says that it has indexed everything.</summary>
    /// <returns>Seconds since its start.</returns>
    public async Task<double> WaitUntilDoneAsync(CancellationToken cancellationToken)
    {
        await _process.WaitUntilReadyAsync(IsReadyAsync, Limit, TimeProvider.System, cancellationToken);
        return Stopwatch.GetElapsedTime(_started).TotalSeconds;
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            using HttpResponseMessage answer = await Http.GetAsync(_ready, cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static string UrlOf(string connectionString)
    {
        NpgsqlConnectionStringBuilder parts = new(connectionString);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"postgres://{parts.Username}:{parts.Password}@{parts.Host}:{parts.Port}/{parts.Database}");
    }
}
