using System.Numerics;
using Gplusck.Chain.Bindings;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Rpc;
using Gplusck.Chain.Signing;
using Gplusck.Host.Devnet;
using Xunit;

namespace Gplusck.Testing;

/// <summary>An anvil with Gplusck's contracts on it. Account 0 deployed them and holds all GPUCK.</summary>
/// <remarks>
/// Use as <c>[assembly: AssemblyFixture(typeof(DeploymentFixture))]</c>; tests take an account each. A room that wants
/// other parameters derives a fixture of its own.
/// </remarks>
public class DeploymentFixture : IAsyncLifetime
{
    public static readonly BigInteger OneGpuck = BigInteger.Pow(10, 18);

    private readonly IReadOnlyDictionary<string, string> _parameters;
    private readonly string _folder = Directory.CreateTempSubdirectory("gplusck-deployment-").FullName;
    private readonly SemaphoreSlim _holderTurn = new(1);
    private Anvil? _node;

    /// <summary>Long windows: a test that wants one to pass says so with <see cref="PassTimeAsync"/>.</summary>
    public DeploymentFixture()
        : this(new Dictionary<string, string> { ["CHALLENGE_SECONDS"] = "3600", ["JAIL_SECONDS"] = "3600" })
    {
    }

    /// <param name="parameters">What the deployment script is told; see docs/contracts.md.</param>
    protected DeploymentFixture(IReadOnlyDictionary<string, string> parameters) =>
        _parameters = new Dictionary<string, string>(Short.Where(entry => !parameters.ContainsKey(entry.Key))
            .Concat(parameters));

    /// <summary>What every deployment of a test needs: two recomputers, and courts that leave room for short
    /// unbonding.</summary>
    private static Dictionary<string, string> Short { get; } = new()
    {
        ["REWARD_RECOMPUTERS"] = $"{DevKeys.All[1].Address},{DevKeys.All[2].Address}",
        ["ROUND_SECONDS"] = "1",
        ["EVIDENCE_AGE_SECONDS"] = "5",
        ["RESPONSE_SECONDS"] = "5",
        ["RULING_SECONDS"] = "5",
        ["APPEAL_SECONDS"] = "5",
    };

    public Uri Url => _node!.Url;

    public EthereumClient Client { get; private set; } = null!;

    public Deployment Contracts { get; private set; } = null!;

    /// <summary>Gives an account whole GPUCK.</summary>
    public async Task GiveAsync(Address account, int gpuck, CancellationToken cancellationToken)
    {
        await _holderTurn.WaitAsync(cancellationToken);
        try
        {
            using TransactionSender holder = new(Client, DevKeys.All[0], TimeProvider.System);
            await holder.SendAsync(Contracts.Gpuck.Transfer(account, gpuck * OneGpuck), cancellationToken);
        }
        finally
        {
            _holderTurn.Release();
        }
    }

    public Task<T> ReadAsync<T>(Call<T> call, CancellationToken cancellationToken) =>
        Client.CallAsync(call, BlockTag.Latest, cancellationToken);

    /// <summary>Lets time pass on the chain and mines a block.</summary>
    public async Task PassTimeAsync(long seconds, CancellationToken cancellationToken)
    {
        await Client.Rpc.CallAsync("evm_increaseTime", [seconds], cancellationToken);
        await MineAsync(cancellationToken);
    }

    /// <summary>Mines an empty block: the chain stands still while nobody sends.</summary>
    public Task MineAsync(CancellationToken cancellationToken) =>
        Client.Rpc.CallAsync("evm_mine", [], cancellationToken);

    public async ValueTask InitializeAsync()
    {
        const string DeployerKey = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";
        _node = await Anvil.StartAsync(_folder, blockSeconds: null, TimeProvider.System, CancellationToken.None);
        string file = Path.Combine(_folder, "deployment.json");
        await ContractDeployment.DeployAsync(_node.Url, DeployerKey, _parameters, file, CancellationToken.None);
        Contracts = Deployment.Load(file);
        Client = EthereumClient.Connect(_node.Url, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_node is not null)
        {
            await _node.DisposeAsync();
        }

        _holderTurn.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
