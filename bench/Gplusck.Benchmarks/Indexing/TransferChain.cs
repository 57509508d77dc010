using System.Diagnostics;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gplusck.Chain;
using Gplusck.Chain.Abi;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Rpc;
using Gplusck.Chain.Signing;
using Gplusck.Host.Devnet;

namespace Gplusck.Benchmarks.Indexing;

/// <summary>A local node with 500,000 Transfer events in 2,000 blocks, 250 a block in five transactions.</summary>
internal sealed class TransferChain : IAsyncDisposable
{
    public const int Blocks = 2_000;
    public const int EventsPerBlock = 250;
    private const int TransactionsPerBlock = 5;
    private const string GasLimit = "0x1e8480";

    private readonly Anvil _node;
    private readonly string _folder;

    private TransferChain(Anvil node, string folder)
    {
        _node = node;
        _folder = folder;
    }

    public Uri Url => _node.Url;

    /// <summary>The contract that logs.</summary>
    public required Address Emitter { get; init; }

    /// <summary>The contract's ABI, JSON.</summary>
    public required string Abi { get; init; }

    /// <summary>The block with the last events.</summary>
    public required long Head { get; init; }

    public static async Task<TransferChain> BuildAsync(CancellationToken cancellationToken)
    {
        string folder = Directory.CreateTempSubdirectory("gplusck-bench-").FullName;
        Anvil node = await Anvil.StartAsync(folder, blockSeconds: null, TimeProvider.System, cancellationToken);
        EthereumClient client = EthereumClient.Connect(node.Url, TimeProvider.System);
        (string abi, byte[] code) = await CompileAsync(cancellationToken);
        using TransactionSender sender = new(client, DevKeys.All[0], TimeProvider.System);
        TransactionReceipt created = await sender.SendAsync(null, code, 0, cancellationToken);
        Address emitter = created.ContractAddress!.Value;
        AbiFunction emit = AbiContract.Parse(abi).Functions.Single();
        await client.Rpc.CallAsync("evm_setAutomine", [false], cancellationToken);
        await client.Rpc.CallAsync("anvil_setBlockGasLimit", ["0x3b9aca00"], cancellationToken);
        for (int block = 0; block < Blocks; block++)
        {
            List<(string, object?[])> calls = [];
            for (int index = 0; index < TransactionsPerBlock; index++)
            {
                int seed = (block * TransactionsPerBlock) + index;
                byte[] data = emit.EncodeCall(
                    [(BigInteger)seed, (BigInteger)(EventsPerBlock / TransactionsPerBlock)]);
                object transaction = new
                {
                    from = DevKeys.All[index].Address,
                    to = emitter,
                    data = Hex.ToHex(data),
                    gas = GasLimit,
                };
                calls.Add(("eth_sendTransaction", [transaction]));
            }

            calls.Add(("evm_mine", []));
            await client.Rpc.BatchAsync(calls, cancellationToken);
        }

        long head = await client.BlockNumberAsync(cancellationToken);
        return new TransferChain(node, folder) { Emitter = emitter, Abi = abi, Head = head };
    }

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<(string Abi, byte[] Code)> CompileAsync(CancellationToken cancellationToken)
    {
        const string Source = "bench/Gplusck.Benchmarks/Indexing/Emitter.sol";
        JsonObject input = new()
        {
            ["language"] = "Solidity",
            ["sources"] = new JsonObject
            {
                ["Emitter.sol"] = new JsonObject
                {
                    ["content"] = await File.ReadAllTextAsync(
                        Path.Combine(Checkout.Folder, Source), cancellationToken),
                },
            },
            ["settings"] = new JsonObject
            {
                ["optimizer"] = new JsonObject { ["enabled"] = true },
                ["outputSelection"] = new JsonObject
                {
                    ["*"] = new JsonObject { ["*"] = new JsonArray("abi", "evm.bytecode.object") },
                },
            },
        };
        ProcessStartInfo start = new("node", [Path.Combine(Checkout.Folder, "tools", "solc"), "--standard-json"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using Process compiler = Process.Start(start) ?? throw new GplusckException("node did not start.");
        await compiler.StandardInput.WriteAsync(input.ToJsonString().AsMemory(), cancellationToken);
        compiler.StandardInput.Close();
        string output = await compiler.StandardOutput.ReadToEndAsync(cancellationToken);
        JsonElement contract = JsonElement.Parse(output).GetProperty("contracts").GetProperty("Emitter.sol")
            .GetProperty(nameof(Emitter));
        string code = contract.GetProperty("evm").GetProperty("bytecode").GetProperty("object").GetString()!;
        return (contract.GetProperty("abi").GetRawText(), Hex.Parse($"0x{code}"));
    }
}
