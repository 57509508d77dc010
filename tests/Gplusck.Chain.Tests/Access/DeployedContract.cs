using System.Text.Json;
using Gplusck.Chain.Abi;
using Gplusck.Chain.Primitives;
using Gplusck.Host.Devnet;

namespace Gplusck.Chain.Tests.Access;

/// <summary>A contract of the deployment, with the functions that its compiled ABI lists.</summary>
internal sealed class DeployedContract
{
    private DeployedContract(string name, Address address, JsonElement abi)
    {
        Name = name;
        Address = address;
        Functions = [.. abi.EnumerateArray()
            .Where(entry => entry.GetProperty("type").GetString() == "function"
                && entry.GetProperty("stateMutability").GetString() is "nonpayable" or "payable")
            .Select(AbiFunction.FromJson)];
        Errors = AbiContract.FromJson(abi).Errors;
    }

    public string Name { get; }

    public Address Address { get; }

    /// <summary>The functions that can change state.</summary>
    public IReadOnlyList<AbiFunction> Functions { get; }

    public IReadOnlyList<AbiError> Errors { get; }

    public AbiFunction Function(string name) => Functions.Single(function => function.Name == name);

    /// <summary>Every contract of a deployment file.</summary>
    public static async Task<IReadOnlyList<DeployedContract>> ReadAsync(
        string deploymentFile, CancellationToken cancellationToken)
    {
        JsonElement deployment = JsonElement.Parse(await File.ReadAllTextAsync(deploymentFile, cancellationToken));
        List<DeployedContract> contracts = [];
        foreach (JsonProperty entry in deployment.GetProperty("contracts").EnumerateObject())
        {
            string artifact = Path.Combine(
                Checkout.Folder, "contracts", "out", $"{entry.Name}.sol", $"{entry.Name}.json");
            JsonElement compiled = JsonElement.Parse(await File.ReadAllTextAsync(artifact, cancellationToken));
            contracts.Add(new DeployedContract(
                entry.Name, entry.Value.Deserialize<Address>(), compiled.GetProperty("abi")));
        }

        return contracts;
    }
}
