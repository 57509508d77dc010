using System.Diagnostics;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gplusck.Chain;
using Gplusck.Chain.Abi;
using Gplusck.Chain.Primitives;
using Gplusck.Host.Devnet;

namespace Gplusck.Benchmarks.Indexing;

/// <summary>contracts/Scatter.sol, compiled by the checkout's own compiler.</summary>
/// <param name="AbiJson">Its ABI.</param>
/// <param name="CreationCode">What deploys it.</param>
internal sealed record ScatterContract(string AbiJson, byte[] CreationCode)
{
    private const string Source = "bench/Gplusck.Benchmarks/Indexing/contracts/Scatter.sol";
    private readonly AbiContract _abi = AbiContract.Parse(AbiJson);

    /// <exception cref="GplusckException">The compiler has no code for it; says what the compiler said.</exception>
    public static async Task<ScatterContract> CompileAsync(CancellationToken cancellationToken)
    {
        JsonObject input = new()
        {
            ["language"] = "Solidity",
            ["sources"] = new JsonObject
            {
                ["Scatter.sol"] = new JsonObject
                {
                    ["content"] = await File.ReadAllTextAsync(Path.Combine(Checkout.Folder, Source), cancellationToken),
                },
            },
            ["settings"] = new JsonObject
            {
                ["evmVersion"] = "prague",
                ["optimizer"] = new JsonObject { ["enabled"] = true },
                ["outputSelection"] = new JsonObject
                {
                    ["*"] = new JsonObject { ["*"] = new JsonArray("abi", "evm.bytecode.object") },
                },
            },
        };
        string output = await RunCompilerAsync(input.ToJsonString(), cancellationToken);
        using JsonDocument answer = JsonDocument.Parse(output);
        if (!answer.RootElement.TryGetProperty("contracts", out JsonElement contracts))
        {
            throw new GplusckException($"{Source} does not compile: {output}");
        }

        JsonElement contract = contracts.GetProperty("Scatter.sol").GetProperty("Scatter");
        string code = contract.GetProperty("evm").GetProperty("bytecode").GetProperty("object").GetString()!;
        return new ScatterContract(contract.GetProperty("abi").GetRawText(), Hex.Parse($"0x{code}"));
    }

    /// <summary>Calldata that makes <paramref name="count"/> transfers.</summary>
    public string Call(long seed, int count) => Hex.ToHex(
        _abi.Functions.Single(function => function.Name == "scatter")
            .EncodeCall([new BigInteger(seed), new BigInteger(count)]));

    private static async Task<string> RunCompilerAsync(string input, CancellationToken cancellationToken)
    {
        ProcessStartInfo start = new("node", [Path.Combine(Checkout.Folder, "tools", "solc"), "--standard-json"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start) ?? throw new GplusckException("node did not start.");
        Task<string> output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken);
        process.StandardInput.Close();
        return await output;
    }
}
