using System.Text.Json;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Rpc;
using Gplusck.Host.Devnet;
using Gplusck.Indexer.Tests.Chain;

namespace Gplusck.Indexer.Tests.Clients;

/// <summary>A node that nobody here wrote, its chain in memory, mining each transaction at once.</summary>
public sealed class ForeignChain : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(120);
    private static readonly SemaphoreSlim Installing = new(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("gplusck-client-").FullName;
    private readonly ForeignClient _client;
    private ChildProcess? _process;

    private ForeignChain(ForeignClient client) => _client = client;

    public TestChain Chain { get; private set; } = null!;

    public static async Task<ForeignChain> StartAsync(ForeignClient client, CancellationToken token)
    {
        ForeignChain node = new(client);
        try
        {
            await node.StartProcessAsync(await InstallAsync(token), token);
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    /// <summary>Mines all of these in one block, whether they succeed or not.</summary>
    /// <returns>Their receipts.</returns>
    public async Task<IReadOnlyList<TransactionReceipt>> SendTogetherAsync(
        IEnumerable<(Address From, Address To, byte[] Data)> calls, CancellationToken token)
    {
        long before = await Chain.Client.BlockNumberAsync(token);
        List<Hash32> sent = [];
        await CallAsync(_client.Hold, token);
        foreach ((Address from, Address to, byte[] data) in calls)
        {
            object request = new { from, to, data = Hex.ToHex(data), gas = "0x7a120" };
            JsonElement hash = await Chain.Client.Rpc.CallAsync("eth_sendTransaction", [request], token);
            sent.Add(Hash32.Parse(hash.GetString()!));
        }

        await CallAsync(_client.Release, token);
        while (await Chain.Client.BlockNumberAsync(token) == before)
        {
            await Task.Delay(5, token);
        }

        return [.. (await Chain.Client.GetReceiptsAsync(sent, token)).Select(receipt => receipt!)];
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<string> InstallAsync(CancellationToken token)
    {
        await Installing.WaitAsync(token);
        try
        {
            return await NpmFolder.InstallAsync("tests/clients", token);
        }
        finally
        {
            Installing.Release();
        }
    }

    private async Task StartProcessAsync(string packages, CancellationToken token)
    {
        int port = FreePort.Next();
        string program = Path.Combine(packages, "node_modules", ".bin", _client.Name);

        // Hardhat runs only inside the folder it is installed in, and asks on first use whether it may report home.
        string[] command =
        [
            "env", "-C", packages, "HARDHAT_DISABLE_TELEMETRY_PROMPT=true", program, .. _client.Arguments, $"{port}",
        ];
        _process = await ChildProcess.StartAsync(
            _client.Name, Path.Combine(_folder, $"{_client.Name}.log"), command, token);
        Uri url = new($"http://127.0.0.1:{port}");
        await _process.WaitUntilReadyAsync(
            _ => Task.FromResult(!FreePort.IsFree(port)), StartLimit, TimeProvider.System, token);
        Chain = await TestChain.ConnectAsync(url, token);
    }

    private async Task CallAsync(
        IReadOnlyList<(string Method, object?[] Arguments)> calls, CancellationToken token)
    {
        foreach ((string method, object?[] arguments) in calls)
        {
            await Chain.Client.Rpc.CallAsync(method, arguments, token);
        }
    }
}
