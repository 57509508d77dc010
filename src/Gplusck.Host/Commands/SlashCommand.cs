using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Numerics;
using System.Text.Json;
using Gplusck.Chain;
using Gplusck.Chain.Bindings;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Rpc;
using Gplusck.GpuVerify.Disputes;
using Gplusck.Host.Roles;

namespace Gplusck.Host.Commands;

/// <summary><c>gplusck slash check ID</c>: judges a fault from its published evidence, without our database.</summary>
internal static class SlashCommand
{
    private const string DefaultApi = "http://127.0.0.1:4747";

    public static Command Create()
    {
        Argument<string> id = new("ID") { Description = "Number of the fault." };
        Option<string> api = new("--api")
        {
            Description = "Who publishes the evidence.",
            DefaultValueFactory = _ => DefaultApi,
        };
        Option<string?> rpc = new("--rpc")
        {
            Description = "A node to compare with; by default the one the API names.",
        };
        Command check = new("check", "Recomputes a slash from its evidence; exit code 1 on any difference.")
        {
            id,
            api,
            rpc,
        };
        check.SetAction((parsed, cancellationToken) => CheckAsync(
            parsed.GetRequiredValue(id),
            Url(parsed.GetRequiredValue(api)),
            parsed.GetValue(rpc) is string node ? Url(node) : null,
            cancellationToken));
        return new Command("slash", "Proved faults.") { check };
    }

    private static Uri Url(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && url.Scheme is ("http" or "https")
            ? url
            : throw new InvalidInputException($"An address looks like {DefaultApi}; {text} does not.");

    private static async Task<int> CheckAsync(string id, Uri api, Uri? rpc, CancellationToken cancellationToken)
    {
        if (!BigInteger.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            throw new InvalidInputException($"A fault has a number, such as 1; {id} is none.");
        }

        using HttpClient http = new(new SocketsHttpHandler());
        JsonElement fault = await GetAsync(http, new Uri(api, $"/api/v1/faults/{id}"), cancellationToken);
        JsonElement network = await GetAsync(http, new Uri(api, "/api/v1/network"), cancellationToken);
        JsonElement evidence = fault.GetProperty("evidence");
        if (evidence.ValueKind == JsonValueKind.Null)
        {
            throw new InvalidInputException(
                $"Fault {id} ({fault.GetProperty("kind").GetString()}) was not found by the verifier behind {api}: "
                + "ask one that has its evidence, or replay its transaction.");
        }

        FaultFinding finding = FaultCheck.Examine(evidence.GetRawText());
        List<string> differences = [.. finding.Differences];

        rpc ??= network.TryGetProperty("rpcUrl", out JsonElement url) && url.ValueKind == JsonValueKind.String
            ? new Uri(url.GetString()!)
            : null;
        if (rpc is not null)
        {
            Address market =
                Address.Parse(network.GetProperty("contracts").GetProperty(nameof(ComputeMarket)).GetString()!);
            differences.AddRange(await CompareAsync(rpc, new ComputeMarket(market), finding, cancellationToken));
        }

        string checkedWith = rpc is null ? "no node was asked; give --rpc" : "the batch on chain has the same root";
        return await Verdict.SayAsync(
            $"Fault {id}: the operator claimed {finding.Claimed}, the product is {finding.Actual} ({checkedWith}).",
            differences);
    }

    private static async Task<IEnumerable<string>> CompareAsync(
        Uri rpc, ComputeMarket market, FaultFinding finding, CancellationToken cancellationToken)
    {
        EthereumClient chain = NetworkApplication.ChainClient(rpc, TimeProvider.System);
        BigInteger id = BigInteger.Parse(finding.BatchId, CultureInfo.InvariantCulture);
        Batch batch = await chain.CallAsync(market.Batch(id), BlockTag.Latest, cancellationToken);
        List<string> differences = [];
        if (batch.CellsRoot != finding.CellsRoot)
        {
            differences.Add(
                $"Batch {id} has the root {batch.CellsRoot} on chain, {finding.CellsRoot} in the evidence.");
        }

        if (batch.Status is not (BatchStatus.Voided or BatchStatus.Faulted))
        {
            differences.Add($"Batch {id} is {batch.Status} on chain: no fault of it was proved.");
        }

        return differences;
    }

    private static async Task<JsonElement> GetAsync(HttpClient http, Uri url, CancellationToken cancellationToken)
    {
        try
        {
            using HttpResponseMessage response = await http.GetAsync(url, cancellationToken);
            if (response.StatusCode == HttpStatusCode.NotFound)
            {
                throw new InvalidInputException($"{url} knows no such fault.");
            }

            response.EnsureSuccessStatusCode();
            return await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        }
        catch (HttpRequestException error)
        {
            throw new GplusckException($"{url} does not answer: {error.Message}", error);
        }
    }
}
