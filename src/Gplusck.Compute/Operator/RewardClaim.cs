using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Numerics;
using Gplusck.Chain;
using Gplusck.Chain.Primitives;
using Microsoft.Extensions.Logging;

namespace Gplusck.Compute.Operator;

/// <summary>Claims an operator's green rewards as soon as a root that pays them is active.</summary>
internal sealed class RewardClaim(AccountChain chain, HttpClient http, Uri apiBase, ILogger logger)
{
    /// <summary>Asks the API what can be claimed, and claims it. The contract checks the proof.</summary>
    public async Task ClaimAsync(CancellationToken cancellationToken)
    {
        Uri address = new($"{apiBase.AbsoluteUri.TrimEnd('/')}/api/v1/rewards/{chain.Account}");
        using HttpResponseMessage response = await http.GetAsync(address, cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return;
        }

        response.EnsureSuccessStatusCode();
        Earned earned = await response.Content.ReadFromJsonAsync<Earned>(cancellationToken)
            ?? throw new RetryableException($"{address} answered with nothing.");
        if (Parse(earned.ClaimableWei) > 0)
        {
            await chain.SendAsync(
                chain.Contracts.GreenRewards.Claim(
                    earned.Epoch, chain.Account, Parse(earned.CumulativeWei), earned.Proof),
                cancellationToken);
            Log.RewardsClaimed(logger, chain.Account, Parse(earned.ClaimableWei));
        }
    }

    private static BigInteger Parse(string wei) =>
        BigInteger.TryParse(wei, NumberStyles.None, CultureInfo.InvariantCulture, out BigInteger amount)
            ? amount
            : throw new RetryableException($"\"{wei}\" is not an amount in wei.");

    private sealed record Earned(long Epoch, string CumulativeWei, string ClaimableWei, Hash32[] Proof);
}
