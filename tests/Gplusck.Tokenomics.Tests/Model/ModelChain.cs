using System.Buffers.Binary;
using System.Text.Json;
using Gplusck.Chain.Abi;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Rpc;
using Gplusck.Host.Devnet;

namespace Gplusck.Tokenomics.Tests.Model;

/// <summary>The deployed contracts on a chain whose clock the test sets: one transaction a block, from any
/// account.</summary>
internal sealed class ModelChain : IAsyncDisposable
{
    private const int SecondsPerHour = 3_600;

    private const string DeployerKey = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";
    private const string GasLimit = "0x989680";

    private readonly string _folder = Directory.CreateTempSubdirectory("gplusck-model-").FullName;
    private readonly Dictionary<string, Address> _addresses = [];
    private readonly Dictionary<string, AbiContract> _abis = [];
    private readonly Dictionary<uint, string> _errors = new() { [0x4e487b71] = "Panic" };
    private Anvil _node = null!;
    private JsonRpcClient _rpc = null!;

    private ModelChain()
    {
    }

    /// <summary>The first full hour after the deployment: from here on the test sets the clock.</summary>
    public long StartsAt { get; private set; }

    public Address this[string contract] => _addresses[contract];

    public static async Task<ModelChain> StartAsync(
        IReadOnlyDictionary<string, string> parameters, CancellationToken cancellationToken)
    {
        ModelChain chain = new();
        chain._node = await Anvil.StartAsync(chain._folder, null, TimeProvider.System, cancellationToken);
        chain._rpc = EthereumClient.Connect(chain._node.Url, TimeProvider.System).Rpc;
        string file = Path.Combine(chain._folder, "deployment.json");
        await ContractDeployment.DeployAsync(chain._node.Url, DeployerKey, parameters, file, cancellationToken);
        chain.Load(await File.ReadAllTextAsync(file, cancellationToken));
        JsonElement newest = await chain.AskAsync("eth_getBlockByNumber", ["latest", false], cancellationToken);
        long deployedAt = Convert.ToInt64(newest.GetProperty("timestamp").GetString(), 16);
        chain.StartsAt = ((deployedAt / SecondsPerHour) + 1) * SecondsPerHour;
        await chain.AskAsync("evm_setAutomine", [false], cancellationToken);
        await chain.AskAsync("anvil_autoImpersonateAccount", [true], cancellationToken);
        return chain;
    }

    /// <summary>Sends a call in a block of its own and says how it ended.</summary>
    /// <returns>Null, or the name of the error that the contracts reverted with.</returns>
    public async Task<string?> SendAsync(
        Address from, string contract, string function, object[] arguments, long time,
        CancellationToken cancellationToken)
    {
        byte[] data = Function(contract, function).EncodeCall(arguments);
        object transaction = new
        {
            from = $"{from}", to = $"{_addresses[contract]}", data = $"0x{Convert.ToHexStringLower(data)}",
            gas = GasLimit, gasPrice = "0x0",
        };
        await AskAsync("anvil_setNextBlockBaseFeePerGas", ["0x0"], cancellationToken);
        JsonElement hash = await AskAsync("eth_sendTransaction", [transaction], cancellationToken);
        await AskAsync("evm_mine", [time], cancellationToken);
        JsonElement receipt = await AskAsync("eth_getTransactionReceipt", [hash], cancellationToken);
        if (receipt.GetProperty("status").GetString() == "0x1")
        {
            return null;
        }

        JsonElement trace = await AskAsync(
            "debug_traceTransaction", [hash, new { tracer = "callTracer", tracerConfig = new { onlyTopCall = true } }],
            cancellationToken);
        return ErrorName(trace);
    }

    /// <summary>What view functions answer at the newest block, each as one line of text.</summary>
    public async Task<IReadOnlyList<string>> ReadAsync(
        IReadOnlyList<Probe> probes, CancellationToken cancellationToken)
    {
        (string, object?[])[] calls =
        [
            .. probes.Select(probe => ("eth_call", new object?[]
            {
                new
                {
                    to = $"{_addresses[probe.Contract]}",
                    data = $"0x{Convert.ToHexStringLower(
                        Function(probe.Contract, probe.Function).EncodeCall(probe.Arguments))}",
                },
                "latest",
            })),
        ];
        IReadOnlyList<JsonElement> answers = await _rpc.BatchAsync(calls, cancellationToken);
        return
        [
            .. answers.Zip(probes, (answer, probe) => Probe.Text(
                Function(probe.Contract, probe.Function).DecodeOutputs(Bytes(answer.GetString()!)))),
        ];
    }

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private void Load(string deployment)
    {
        using JsonDocument json = JsonDocument.Parse(deployment);
        foreach (JsonProperty entry in json.RootElement.GetProperty("contracts").EnumerateObject())
        {
            string artifact = Path.Combine(
                Checkout.Folder, "contracts", "out", $"{entry.Name}.sol", $"{entry.Name}.json");
            AbiContract abi = AbiContract.Parse(File.ReadAllText(artifact));
            _addresses[entry.Name] = Address.Parse(entry.Value.GetString()!);
            _abis[entry.Name] = abi;
            foreach (AbiError error in abi.Errors)
            {
                _errors[error.Selector] = error.Name;
            }
        }
    }

    // By name, or by signature where a name is overloaded.
    private AbiFunction Function(string contract, string function) => _abis[contract].Functions.First(each =>
        each.Name == function || each.Signature == function);

    private string ErrorName(JsonElement trace)
    {
        string output = trace.TryGetProperty("output", out JsonElement given) ? given.GetString() ?? "" : "";
        return output.Length >= 10
            && BinaryPrimitives.TryReadUInt32BigEndian(Bytes(output), out uint selector)
            && _errors.TryGetValue(selector, out string? name) ? name : $"{output} {trace.GetProperty("error")}";
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.AsSpan(2));

    private Task<JsonElement> AskAsync(string method, object?[] args, CancellationToken cancellationToken) =>
        _rpc.CallAsync(method, args, cancellationToken);
}
