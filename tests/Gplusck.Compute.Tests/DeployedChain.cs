using System.Numerics;
using Gplusck.Chain.Bindings;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Rpc;
using Gplusck.Chain.Signing;
using Gplusck.Host.Devnet;

namespace Gplusck.Compute.Tests;

/// <summary>An anvil with Gplusck's contracts on it; account 0 holds all GPUCK.</summary>
public sealed class DeployedChain : IAsyncLifetime
{
    public static readonly BigInteger OneGpuck = BigInteger.Pow(10, 18);

    private const string DeployerKey = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";

    private static readonly Dictionary<string, string> Parameters = new()
    {
        ["CHALLENGE_SECONDS"] = "30",
        ["UNBONDING_SECONDS"] = "60",
        ["JAIL_SECONDS"] = "600",
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("gplusck-chain-").FullName;
    private Anvil? _node;

    public EthereumClient Client { get; private set; } = null!;

    public Deployment Contracts { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _node = await Anvil.StartAsync(_folder, blockSeconds: null, TimeProvider.System, CancellationToken.None);
        Client = EthereumClient.Connect(_node.Url, TimeProvider.System);
        string file = Path.Combine(_folder, "deployment.json");
        await ContractDeployment.DeployAsync(_node.Url, DeployerKey, Parameters, file, CancellationToken.None);
        Contracts = Deployment.Load(file);
    }

    public async ValueTask DisposeAsync()
    {
        if (_node is not null)
        {
            await _node.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    public Task<T> ReadAsync<T>(Call<T> call, CancellationToken cancellationToken) =>
        Client.CallAsync(call, BlockTag.Latest, cancellationToken);

    public async Task GiveGpuckAsync(Address account, int gpuck, CancellationToken cancellationToken)
    {
        using TransactionSender holder = new(Client, DevKeys.All[0], TimeProvider.System);
        await holder.SendAsync(Contracts.Gpuck.Transfer(account, gpuck * OneGpuck), cancellationToken);
    }

    /// <summary>Sends a call in the name of an account whose key nobody has, such as a contract.</summary>
    public async Task ActAsAsync<T>(Address account, Call<T> call, CancellationToken cancellationToken)
    {
        await Client.Rpc.CallAsync("anvil_impersonateAccount", [account], cancellationToken);
        await Client.Rpc.CallAsync("anvil_setBalance", [account, "0xde0b6b3a7640000"], cancellationToken);
        await Client.Rpc.CallAsync(
            "eth_sendTransaction", [new { from = account, to = call.To, data = Hex.ToHex(call.Data) }],
            cancellationToken);
    }

    public async Task PassTimeAsync(int seconds, CancellationToken cancellationToken)
    {
        await Client.Rpc.CallAsync("evm_increaseTime", [seconds], cancellationToken);
        await Client.Rpc.CallAsync("evm_mine", [], cancellationToken);
    }
}
