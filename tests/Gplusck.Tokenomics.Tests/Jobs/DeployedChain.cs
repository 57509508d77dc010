using System.Globalization;
using System.Numerics;
using Gplusck.Chain.Bindings;
using Gplusck.Chain.Rpc;
using Gplusck.Chain.Signing;
using Gplusck.Host.Devnet;

namespace Gplusck.Tokenomics.Tests.Jobs;

/// <summary>An anvil with Gplusck deployed by its own deployment script: short windows, an epoch of 1,000
/// seconds.</summary>
public sealed class DeployedChain : IAsyncLifetime
{
    /// <summary>Test classes that send from the same accounts take turns.</summary>
    public const string Collection = "deployed chain";
    public const int EpochSeconds = 1_000;
    public static readonly BigInteger BudgetWei =
        BigInteger.Parse("1000000000000000000007", CultureInfo.InvariantCulture);

    private readonly string _folder = Directory.CreateTempSubdirectory("gplusck-deployed-").FullName;
    private Anvil? _node;

    public Uri Url => _node!.Url;

    public Deployment Deployment { get; private set; } = null!;

    public EthereumClient Client { get; private set; } = null!;

    /// <summary>Holder of the genesis supply, requester of jobs.</summary>
    public static PrivateKey Holder => DevKeys.All[0];

    /// <summary>Proposer of reward roots: the account the jobs send from.</summary>
    public static PrivateKey Jobs => DevKeys.All[1];

    public async ValueTask InitializeAsync()
    {
        _node = await Anvil.StartAsync(_folder, blockSeconds: null, TimeProvider.System, CancellationToken.None);
        Dictionary<string, string> parameters = new()
        {
            ["CHALLENGE_SECONDS"] = "10",
            ["EPOCH_SECONDS"] = $"{EpochSeconds}",
            ["EPOCH_BUDGET_WEI"] = $"{BudgetWei}",
            ["EPOCHS_PER_STEP"] = "3",
            ["ROOT_DELAY_SECONDS"] = "1",
            ["REWARD_PROPOSER"] = $"{Jobs.Address}",
        };
        string file = Path.Combine(_folder, "deployment.json");
        const string Deployer = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";
        await ContractDeployment.DeployAsync(_node.Url, Deployer, parameters, file, CancellationToken.None);
        Deployment = Deployment.Load(file);
        Client = EthereumClient.Connect(_node.Url, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        if (_node is not null)
        {
            await _node.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Lets time pass and mines a block.</summary>
    public async Task PassAsync(long seconds, CancellationToken cancellationToken)
    {
        await Client.Rpc.CallAsync("evm_increaseTime", [seconds], cancellationToken);
        await Client.Rpc.CallAsync("evm_mine", [], cancellationToken);
    }
}
