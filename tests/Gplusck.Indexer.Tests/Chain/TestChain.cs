using System.Text.Json;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Rpc;
using Gplusck.Testing;

namespace Gplusck.Indexer.Tests.Chain;

/// <summary>A chain of a test's own, anvil's as a rule, mining each transaction at once, with the accounts it unlocks.
/// </summary>
public sealed class TestChain : IAsyncDisposable
{
    private readonly AnvilFixture? _anvil;

    private TestChain(AnvilFixture? anvil, Uri url, EthereumClient client, IReadOnlyList<Address> accounts)
    {
        _anvil = anvil;
        Url = url;
        Client = client;
        Accounts = accounts;
    }

    public Uri Url { get; }

    public EthereumClient Client { get; }

    public IReadOnlyList<Address> Accounts { get; }

    public static async Task<TestChain> StartAsync(CancellationToken token)
    {
        AnvilFixture anvil = new();
        await anvil.InitializeAsync();
        return await ConnectAsync(anvil, anvil.Url, token);
    }

    /// <summary>A chain on a node that somebody else started and stops.</summary>
    public static Task<TestChain> ConnectAsync(Uri url, CancellationToken token) => ConnectAsync(null, url, token);

    public ValueTask DisposeAsync() => _anvil?.DisposeAsync() ?? ValueTask.CompletedTask;

    public async Task<Address> DeployAsync(CompiledContract contract, CancellationToken token)
    {
        TransactionReceipt receipt = await SendAsync(Accounts[0], null, contract.CreationCode, token);
        return receipt.ContractAddress!.Value;
    }

    /// <summary>Sends a transaction and returns its receipt.</summary>
    public async Task<TransactionReceipt> SendAsync(Address from, Address? to, byte[] data, CancellationToken token)
    {
        JsonElement hash = await Client.Rpc.CallAsync("eth_sendTransaction", [Request(from, to, data)], token);
        TransactionReceipt? receipt;
        while ((receipt = await Client.GetReceiptAsync(Hash32.Parse(hash.GetString()!), token)) is null)
        {
            await Task.Delay(5, token);
        }

        Assert.True(receipt.Succeeded);
        return receipt;
    }

    /// <summary>Mines all of these in one block.</summary>
    public async Task SendTogetherAsync(
        IEnumerable<(Address From, Address To, byte[] Data)> calls, CancellationToken token)
    {
        await Client.Rpc.CallAsync("evm_setAutomine", [false], token);
        foreach ((Address from, Address to, byte[] data) in calls)
        {
            await Client.Rpc.CallAsync("eth_sendTransaction", [Request(from, to, data)], token);
        }

        await Client.Rpc.CallAsync("evm_mine", [], token);
        await Client.Rpc.CallAsync("evm_setAutomine", [true], token);
    }

    public Task MineAsync(int blocks, CancellationToken token) =>
        Client.Rpc.CallAsync("anvil_mine", [blocks], token);

    /// <summary>Replaces the newest blocks by as many others, with these calls at these offsets among them.</summary>
    public Task ReorgAsync(
        int depth, IEnumerable<(Address From, Address To, byte[] Data, int Offset)> calls, CancellationToken token)
    {
        object[] pairs = [.. calls.Select(
            call => new object[] { Request(call.From, call.To, call.Data), call.Offset })];
        return Client.Rpc.CallAsync("anvil_reorg", [depth, pairs], token);
    }

    private static async Task<TestChain> ConnectAsync(AnvilFixture? anvil, Uri url, CancellationToken token)
    {
        EthereumClient client = EthereumClient.Connect(url, TimeProvider.System);
        JsonElement accounts = await client.Rpc.CallAsync("eth_accounts", [], token);
        return new TestChain(
            anvil, url, client, [.. accounts.EnumerateArray().Select(item => Address.Parse(item.GetString()!))]);
    }

    private static object Request(Address from, Address? to, byte[] data) => to is Address target
        ? new { from, to = target, data = Hex.ToHex(data), gas = "0x7a1200" }
        : new { from, data = Hex.ToHex(data), gas = "0x7a1200" };
}
