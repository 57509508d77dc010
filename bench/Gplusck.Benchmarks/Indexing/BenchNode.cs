using Gplusck.Chain.Primitives;
using Gplusck.Chain.Rpc;
using Gplusck.Host.Devnet;

namespace Gplusck.Benchmarks.Indexing;

/// <summary>An anvil that mines only when it is told, with one <see cref="ScatterContract"/> on its chain.</summary>
internal sealed class BenchNode : IAsyncDisposable
{
    /// <summary>Where the first deployment of the first development account lands.</summary>
    public static readonly Address Coin = Address.Parse("0x5FbDB2315678afecb367f032d93F642f64180aa3");

    /// <summary>Accounts that may send in one block, one transaction each.</summary>
    public const int Senders = 5;

    private const string Binary = "@foundry-rs/anvil-linux-amd64/bin/anvil";
    private const string TransactionGas = "0x1c9c380";
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(5);

    private readonly ChildProcess _process;
    private readonly IReadOnlyList<string> _accounts;

    private BenchNode(ChildProcess process, Uri url, EthereumClient client, IReadOnlyList<string> accounts)
    {
        _process = process;
        Url = url;
        Client = client;
        _accounts = accounts;
    }

    public Uri Url { get; }

    public EthereumClient Client { get; }

    /// <summary>Starts a node, on the chain in <paramref name="stateFile"/> when there is one.</summary>
    public static async Task<BenchNode> StartAsync(string? stateFile, CancellationToken cancellationToken)
    {
        int port = FreePort.Next();
        string[] state = stateFile is null ? [] : ["--load-state", stateFile];
        string[] command =
        [
            Checkout.NodeModule(Binary), "--host", "127.0.0.1", "--silent", "--no-mining", "--order", "fifo",
            "--gas-limit", "1000000000", "--hardfork", "prague", "--timestamp", "1700000000", .. state,
            "--port", $"{port}",
        ];
        ChildProcess process = await ChildProcess.StartAsync(
            "anvil", Path.Combine(BenchFolder.Path, "anvil.log"), command, cancellationToken);
        try
        {
            await process.WaitUntilReadyAsync(
                _ => Task.FromResult(!FreePort.IsFree(port)), StartLimit, TimeProvider.System, cancellationToken);
            Uri url = new($"http://127.0.0.1:{port}");
            EthereumClient client = EthereumClient.Connect(url, TimeProvider.System);
            string[] accounts =
            [
                .. (await client.Rpc.CallAsync("eth_accounts", [], cancellationToken)).EnumerateArray()
                    .Select(account => account.GetString()!),
            ];
            return new BenchNode(process, url, client, accounts);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Mines the block that deploys the contract; the first of a new chain.</summary>
    public async Task DeployAsync(ScatterContract contract, CancellationToken cancellationToken)
    {
        object request = new { from = _accounts[0], data = Hex.ToHex(contract.CreationCode), gas = TransactionGas };
        await Client.Rpc.CallAsync("eth_sendTransaction", [request], cancellationToken);
        await MineAsync(1, cancellationToken);
    }

    /// <summary>Mines a block with one transaction for each of these calls, at most <see cref="Senders"/>.</summary>
    public async Task MineAsync(IReadOnlyList<string> calls, CancellationToken cancellationToken)
    {
        await Client.Rpc.BatchAsync(
            [.. calls.Select((data, sender) => ("eth_sendTransaction", new object?[] { Request(sender, data) }))],
            cancellationToken);
        await Client.Rpc.CallAsync("evm_mine", [], cancellationToken);
    }

    /// <summary>Mines empty blocks, or one with what waits.</summary>
    public Task MineAsync(int blocks, CancellationToken cancellationToken) =>
        Client.Rpc.CallAsync("anvil_mine", [blocks], cancellationToken);

    /// <summary>Replaces the newest blocks by as many others with one call each.</summary>
    public Task ReorgAsync(IReadOnlyList<string> calls, CancellationToken cancellationToken)
    {
        object[] pairs = [.. calls.Select((data, offset) => new object[] { Request(0, data), offset })];
        return Client.Rpc.CallAsync("anvil_reorg", [calls.Count, pairs], cancellationToken);
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private object Request(int sender, string data) =>
        new { from = _accounts[sender], to = Coin, data, gas = TransactionGas };
}
