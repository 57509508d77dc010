using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Gplusck.Chain.Primitives;
using Gplusck.Host.Devnet;

namespace Gplusck.Indexer.Tests.Chain;

/// <summary>
/// The contracts in <c>contracts/</c>, compiled once for the assembly by the checkout's own compiler.
/// </summary>
public sealed partial class TestContracts : IAsyncLifetime
{
    private const string Folder = "tests/Gplusck.Indexer.Tests/contracts";

    public CompiledContract Token { get; private set; } = null!;

    public CompiledContract Zoo { get; private set; } = null!;

    public CompiledContract MakerOfMakers { get; private set; } = null!;

    public CompiledContract PairMaker { get; private set; } = null!;

    public CompiledContract Pair { get; private set; } = null!;

    public CompiledContract Impostor { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        JsonObject sources = [];
        AddSource(sources, "TestToken.sol", Path.Combine(Checkout.Folder, Folder, "TestToken.sol"));
        AddSource(sources, "EventZoo.sol", Path.Combine(Checkout.Folder, Folder, "EventZoo.sol"));
        AddSource(sources, "PairMaker.sol", Path.Combine(Checkout.Folder, Folder, "PairMaker.sol"));
        JsonObject input = new()
        {
            ["language"] = "Solidity",
            ["sources"] = sources,
            ["settings"] = new JsonObject
            {
                ["optimizer"] = new JsonObject { ["enabled"] = true },
                ["viaIR"] = true,
                ["outputSelection"] = new JsonObject
                {
                    ["*"] = new JsonObject { ["*"] = new JsonArray("abi", "evm.bytecode.object") },
                },
            },
        };
        using JsonDocument output = JsonDocument.Parse(await CompileAsync(input.ToJsonString()));
        Token = Find(output.RootElement, "TestToken");
        Zoo = Find(output.RootElement, "EventZoo");
        MakerOfMakers = Find(output.RootElement, "MakerOfMakers", "PairMaker.sol");
        PairMaker = Find(output.RootElement, "PairMaker");
        Pair = Find(output.RootElement, "Pair", "PairMaker.sol");
        Impostor = Find(output.RootElement, "Impostor", "PairMaker.sol");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static void AddSource(JsonObject sources, string name, string path)
    {
        if (sources.ContainsKey(name))
        {
            return;
        }

        string content = File.ReadAllText(path);
        sources[name] = new JsonObject { ["content"] = content };
        foreach (string import in ImportPattern().Matches(content).Select(match => match.Groups[1].Value))
        {
            // The compiler resolves relative imports against the importer's name; npm's folder has the same layout.
            string imported = import.StartsWith('.')
                ? Path.GetRelativePath(".", Path.Combine(Path.GetDirectoryName(name)!, import))
                : import;
            AddSource(sources, imported, Checkout.NodeModule(imported));
        }
    }

    private static async Task<string> CompileAsync(string input)
    {
        ProcessStartInfo start = new("node", [Path.Combine(Checkout.Folder, "tools", "solc"), "--standard-json"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        return await output;
    }

    private static CompiledContract Find(JsonElement output, string name, string? file = null)
    {
        Assert.True(output.TryGetProperty("contracts", out JsonElement contracts), output.ToString());
        JsonElement contract = contracts.GetProperty(file ?? $"{name}.sol").GetProperty(name);
        string code = contract.GetProperty("evm").GetProperty("bytecode").GetProperty("object").GetString()!;
        Assert.False(code.Length == 0, output.ToString());
        return new CompiledContract(contract.GetProperty("abi").GetRawText(), Hex.Parse($"0x{code}"));
    }

    [GeneratedRegex("""^import[^"]*"([^"]+)";""", RegexOptions.Multiline)]
    private static partial Regex ImportPattern();
}
