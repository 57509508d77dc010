using Gplusck.Chain.Bindings;
using Gplusck.Chain.Primitives;
using Gplusck.Testing;

namespace Gplusck.Compute.Tests;

/// <summary>A chain with short windows, where contracts can be made to act.</summary>
public sealed class DeployedChain() : DeploymentFixture(new Dictionary<string, string>
{
    ["CHALLENGE_SECONDS"] = "30",
    ["UNBONDING_SECONDS"] = "60",
    ["JAIL_SECONDS"] = "600",
})
{
    /// <summary>Sends a call in the name of an account whose key nobody has, such as a contract.</summary>
    public async Task ActAsAsync<T>(Address account, Call<T> call, CancellationToken cancellationToken)
    {
        await Client.Rpc.CallAsync("anvil_impersonateAccount", [account], cancellationToken);
        await Client.Rpc.CallAsync("anvil_setBalance", [account, "0xde0b6b3a7640000"], cancellationToken);
        await Client.Rpc.CallAsync(
            "eth_sendTransaction", [new { from = account, to = call.To, data = Hex.ToHex(call.Data) }],
            cancellationToken);
    }
}
