using System.Text.Json;
using System.Text.Json.Nodes;
using Gplusck.Chain.Bindings;
using Gplusck.Indexer;

namespace Gplusck.Host.Roles;

/// <summary>What of our own contracts is mirrored: every event of each, and the balances of the token.</summary>
internal static class GplusckManifest
{
    /// <summary>The manifest of one deployment.</summary>
    public static IndexManifest For(Deployment deployment) => IndexManifest.Parse(Json(deployment));

    private static string Json(Deployment deployment)
    {
        JsonArray contracts = [];
        foreach (string name in ContractAbi.Names)
        {
            contracts.Add(new JsonObject
            {
                ["name"] = name,
                ["address"] = deployment.Addresses[name].ToString(),
                ["abi"] = JsonNode.Parse(ContractAbi.Json(name)),
                ["startBlock"] = deployment.Block,
                ["projections"] = name == nameof(Gpuck) ? new JsonArray("erc20_balance") : [],
            });
        }

        JsonObject manifest = new() { ["schema"] = NetworkSettings.Schema, ["contracts"] = contracts };
        return manifest.ToJsonString(JsonSerializerOptions.Default);
    }
}
