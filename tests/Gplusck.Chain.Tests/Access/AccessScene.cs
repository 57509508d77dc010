using System.Numerics;
using System.Text;
using System.Text.Json;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Rpc;
using Gplusck.Host.Devnet;

namespace Gplusck.Chain.Tests.Access;

/// <summary>A deployment in which every role has what it acts on: node, job, leaving stake, certificate.</summary>
public sealed class AccessScene : IAsyncLifetime
{
    private const string DeployerKey = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";

    private static readonly BigInteger OneGpuck = BigInteger.Pow(10, 18);
    private static readonly string[] People =
    [
        "deployer", "holder", "operator", "requester", "council", "recomputer", "another recomputer", "panel member",
        "another panel member", "third panel member", "accuser", "stranger",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("gplusck-access-").FullName;
    private readonly Dictionary<string, object> _arguments = [];
    private Anvil? _node;
    private IReadOnlyList<DeployedContract> _contracts = [];

    internal EthereumClient Client { get; private set; } = null!;

    internal IReadOnlyList<DeployedContract> Contracts => _contracts;

    /// <summary>People first, then every contract.</summary>
    internal IReadOnlyList<Role> Roles { get; private set; } = [];

    internal DefaultArguments Arguments => new(_arguments);

    public async ValueTask InitializeAsync()
    {
        CancellationToken none = CancellationToken.None;
        _node = await Anvil.StartAsync(_folder, blockSeconds: null, TimeProvider.System, none);
        Client = EthereumClient.Connect(_node.Url, TimeProvider.System);
        JsonElement accounts = await Client.Rpc.CallAsync("eth_accounts", [], none);
        Role[] people = [.. People.Zip(accounts.EnumerateArray(),
            (name, account) => new Role(name, account.Deserialize<Address>()))];
        Roles = people;
        Dictionary<string, string> parameters = new()
        {
            ["GENESIS_HOLDER"] = $"{Of("holder")}",
            ["COUNCIL"] = $"{Of("council")}",
            ["REWARD_RECOMPUTERS"] = $"{Of("recomputer")},{Of("another recomputer")}",
        };
        string file = Path.Combine(_folder, "deployment.json");
        await ContractDeployment.DeployAsync(_node.Url, DeployerKey, parameters, file, none);
        _contracts = await DeployedContract.ReadAsync(file, none);
        Roles = [.. people, .. _contracts.Select(contract => new Role(contract.Name, contract.Address))];
        await StakeAsync();
        await PostJobAsync();
        await CertifyAsync();
        await AccuseAsync();
        await ProposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_node is not null)
        {
            await _node.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private async Task StakeAsync()
    {
        const byte Solar = 1;
        object[] profile =
            [Solar, 250, Encoding.ASCII.GetBytes("FR"), 1_500, 1_000, "http://127.0.0.1:1"];
        await SendAsync("operator", "NodeRegistry", "register", [profile]);
        await SendAsync("holder", "Gpuck", "approve", Of("StakeVault"), 30_000 * OneGpuck);
        await SendAsync("holder", "StakeVault", "stake", 1, 20_000 * OneGpuck, 0);
        await SendAsync("stranger", "NodeRegistry", "activate", 1);
        TransactionReceipt request = await SendAsync(
            "holder", "StakeVault", "requestUnbond", 1, 1_000_000 * OneGpuck);
        _arguments["nodeId"] = BigInteger.One;
        _arguments["requestId"] = new BigInteger(
            request.Logs[^1].Topics[1].ToArray(), isUnsigned: true, isBigEndian: true);
    }

    private async Task PostJobAsync()
    {
        byte[] hash = Enumerable.Repeat((byte)7, Hash32.Length).ToArray();
        await SendAsync("holder", "Gpuck", "transfer", Of("requester"), 1_000 * OneGpuck);
        await SendAsync("requester", "Gpuck", "approve", Of("ComputeMarket"), 1_000 * OneGpuck);
        await SendAsync(
            "requester", "ComputeMarket", "postJob", hash, hash, 10, OneGpuck, await NowAsync() + (30 * 86_400));
        _arguments["jobId"] = BigInteger.One;
    }

    private async Task CertifyAsync()
    {
        const byte Solar = 1;
        const byte Measured = 1;
        object[] kind = [250, Solar, 500_000, Measured, 1, 1];
        TransactionReceipt mint = await SendAsync(
            "ComputeMarket", "CarbonCertificate", "mint", Of("holder"), kind, 1, 1_000);
        _arguments["id"] = new BigInteger(mint.Logs[0].Topics[1].ToArray(), isUnsigned: true, isBigEndian: true);
        _arguments["from"] = Of("holder");
        _arguments["account"] = Of("holder");
    }

    private async Task AccuseAsync()
    {
        byte[] hash = Enumerable.Repeat((byte)7, Hash32.Length).ToArray();
        object[] panel = [Of("panel member"), Of("another panel member"), Of("third panel member")];
        await SendAsync("GpuckTimelock", "FaultCourt", "setPanel", panel, 2);
        await SendAsync("holder", "Gpuck", "transfer", Of("accuser"), 10_000 * OneGpuck);
        await SendAsync("accuser", "Gpuck", "approve", Of("FaultCourt"), 10_000 * OneGpuck);
        await SendAsync("accuser", "FaultCourt", "accuse", 1, 1, await NowAsync(), hash, "no answer for an hour");
        _arguments["accusationId"] = BigInteger.One;
    }

    // The proposal that cancel, queue and execute name with the default arguments.
    private async Task ProposeAsync()
    {
        await SendAsync("holder", "Gpuck", "delegate", Of("holder"));
        await Client.Rpc.CallAsync("evm_increaseTime", [60], CancellationToken.None);
        await Client.Rpc.CallAsync("evm_mine", [], CancellationToken.None);
        DeployedContract governor = _contracts.Single(contract => contract.Name == "GpuckGovernor");
        object[] proposal = governor.Function("propose").DecodeCall(Arguments.CallOf(governor.Function("propose")));
        await SendAsync("holder", "GpuckGovernor", "propose", proposal);
        _arguments["descriptionHash"] = Keccak.Hash(Encoding.UTF8.GetBytes((string)proposal[3])).ToArray();
    }

    private async Task<long> NowAsync() =>
        (await Client.GetBlockAsync(BlockTag.Latest, CancellationToken.None))!.Timestamp;

    private Address Of(string role) => Roles.Single(known => known.Name == role).Address;

    // The node signs for its own accounts and, impersonating, for contracts. The gas is not estimated: a second later
    // the same call may take another path, such as a first checkpoint.
    private async Task<TransactionReceipt> SendAsync(
        string role, string contract, string function, params object[] arguments)
    {
        CancellationToken none = CancellationToken.None;
        Address sender = Of(role);
        await Client.Rpc.CallAsync("anvil_impersonateAccount", [sender], none);
        await Client.Rpc.CallAsync("anvil_setBalance", [sender, "0x56bc75e2d63100000"], none);
        DeployedContract target = _contracts.Single(known => known.Name == contract);
        Dictionary<string, object> transaction = new()
        {
            ["from"] = sender,
            ["to"] = target.Address,
            ["gas"] = "0x1c9c380",
            ["data"] = Hex.ToHex(target.Function(function).EncodeCall(arguments)),
        };
        JsonElement answer = await Client.Rpc.CallAsync("eth_sendTransaction", [transaction], none);
        // The node answers before the block is there.
        TransactionReceipt? receipt;
        while ((receipt = await Client.GetReceiptAsync(answer.Deserialize<Hash32>(), none)) is null)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), none);
        }

        return receipt.Succeeded
            ? receipt
            : throw new InvalidOperationException($"{role} could not call {contract}.{function}.");
    }
}
