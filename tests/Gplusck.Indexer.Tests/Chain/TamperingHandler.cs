using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Gplusck.Chain.Rpc;

namespace Gplusck.Indexer.Tests.Chain;

/// <summary>Stands between a client and a node and changes answers.</summary>
public sealed class TamperingHandler() : DelegatingHandler(new SocketsHttpHandler())
{
    private readonly ConcurrentDictionary<string, int> _counts = new();

    /// <summary>
    /// Given method, arguments and result, returns the result to pass on; a null result is passed on as null.
    /// </summary>
    public Func<string, JsonArray, JsonNode?, JsonNode?>? Tamper { get; set; }

    /// <summary>Given method and arguments, returns an error to answer with instead, or null to ask the node.</summary>
    public Func<string, JsonArray, JsonObject?>? Refuse { get; set; }

    public int CallsOf(string method) => _counts.TryGetValue(method, out int count) ? count : 0;

    public EthereumClient Client(Uri node) =>
        new(new JsonRpcClient(
            new HttpClient(this, disposeHandler: false), node, new JsonRpcOptions(), TimeProvider.System));

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        JsonNode asked = JsonNode.Parse(await request.Content!.ReadAsStringAsync(cancellationToken))!;
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
        JsonNode answer = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken))!;
        if (asked is JsonArray batch)
        {
            Dictionary<string, JsonNode> byId = batch.ToDictionary(call => call!["id"]!.ToJsonString(), call => call!);
            foreach (JsonNode? item in answer.AsArray())
            {
                Change(byId[item!["id"]!.ToJsonString()], item);
            }
        }
        else
        {
            Change(asked, answer);
        }

        response.Content = new StringContent(answer.ToJsonString(), Encoding.UTF8, "application/json");
        return response;
    }

    private void Change(JsonNode call, JsonNode answer)
    {
        string method = call["method"]!.GetValue<string>();
        JsonArray arguments = call["params"]!.AsArray();
        _counts.AddOrUpdate(method, 1, (_, count) => count + 1);
        if (Refuse?.Invoke(method, arguments) is JsonObject error)
        {
            answer.AsObject().Remove("result");
            answer["error"] = error;
        }
        else if (Tamper is not null && answer["result"] is JsonNode result)
        {
            answer["result"] = Tamper(method, arguments, result.DeepClone());
        }
    }
}
