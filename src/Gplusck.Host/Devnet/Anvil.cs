using System.Text;

namespace Gplusck.Host.Devnet;

/// <summary>
/// A local EVM node from an npm package. Chain id 31337, funded with the well-known development keys.
/// </summary>
public sealed class Anvil : IAsyncDisposable
{
    private const string Binary = "@foundry-rs/anvil-linux-amd64/bin/anvil";
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly HttpClient Http = new(new SocketsHttpHandler(), disposeHandler: false);

    private readonly ChildProcess _node;

    private Anvil(ChildProcess node, Uri url)
    {
        _node = node;
        Url = url;
    }

    /// <summary>JSON-RPC address of the node.</summary>
    public Uri Url { get; }

    /// <summary>Starts a node whose chain lives in <paramref name="folder"/> and is resumed from there.</summary>
    /// <param name="folder">Holds <c>chain.json</c>, the chain's state, and <c>anvil.log</c>.</param>
    /// <param name="blockSeconds">Seconds between blocks; null mines each transaction at once.</param>
    /// <param name="time">Clock for the start limit.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public static async Task<Anvil> StartAsync(
        string folder, int? blockSeconds, TimeProvider time, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        Uri url = new($"http://127.0.0.1:{FreePort.Next()}");
        string[] mining = blockSeconds is int seconds ? ["--block-time", $"{seconds}"] : [];
        string[] command =
        [
            Checkout.NodeModule(Binary), "--host", "127.0.0.1", "--port", $"{url.Port}", "--silent", "--accounts", "20",
            // What does not fit into a block waits for the next transaction, not for the next block: a deployment sends
            // more than the usual block holds, and then nothing more.
            "--gas-limit", "1000000000", "--hardfork", "prague", "--state-interval", "30", .. mining,
            "--state", Path.Combine(folder, "chain.json"),
        ];
        ChildProcess node = await ChildProcess.StartAsync(
            "anvil", Path.Combine(folder, "anvil.log"), command, cancellationToken);
        try
        {
            await node.WaitUntilReadyAsync(token => AnswersAsync(url, token), StartLimit, time, cancellationToken);
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }

        return new Anvil(node, url);
    }

    /// <summary>Stops the node after it has written its chain.</summary>
    public ValueTask DisposeAsync() => _node.DisposeAsync();

    private static async Task<bool> AnswersAsync(Uri url, CancellationToken cancellationToken)
    {
        try
        {
            const string Request = """{"jsonrpc":"2.0","id":1,"method":"eth_chainId","params":[]}""";
            using StringContent content = new(Request, Encoding.UTF8, "application/json");
            using HttpResponseMessage response = await Http.PostAsync(url, content, cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
