using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Gplusck.Indexer.Tests.Simulation.World;

namespace Gplusck.Indexer.Tests.Simulation.Node;

/// <summary>A node, or several behind one address, that serves a moving chain the way nodes do on a bad day.</summary>
/// <remarks>
/// Each fault follows from the seed, the question and how often it was asked, so that it strikes again on a replay
/// whatever overtakes what. Bursts alone count requests.
/// </remarks>
internal sealed class FaultyNode(Dice dice, FaultPlan plan, MovingChain chain, LieLedger lies, Tally tally)
    : HttpMessageHandler
{
    private readonly ConcurrentDictionary<string, int> _times = new();
    private readonly BackendChoice _backends = new(dice, plan, chain, tally);
    private readonly AnswerFaults _answers = new(dice, plan, chain, lies, tally);
    private int _stormLeft;
    private int _nullsLeft;

    /// <summary>From now on nothing goes wrong.</summary>
    public bool IsCalm { get; set; }

    /// <summary>Called before each answer with the question and how often it was asked before.</summary>
    public Func<string, int, CancellationToken, Task> Before { get; set; } = (_, _, _) => Task.CompletedTask;

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string body = await request.Content!.ReadAsStringAsync(cancellationToken);
        RpcCall[] calls = RpcCall.ReadAll(body, out bool isBatch);
        string about = $"{calls[0].Question}*{calls.Length}";
        int time = _times.AddOrUpdate(about, 0, static (_, count) => count + 1);
        await Before(about, time, cancellationToken);

        // A lie is only told when nothing else can hide it; see LieLedger.
        if (IsCalm || lies.Open is not null)
        {
            return Whole(Join(calls, Array.ConvertAll(calls, _backends.Current.Answer), isBatch));
        }

        if (await TransportFaultAsync(about, time, cancellationToken) is HttpResponseMessage failure)
        {
            return failure;
        }

        NodeView view = _backends.Choose(calls, about, time);
        RpcAnswer[] answers = Array.ConvertAll(calls, view.Answer);
        if (!SpoilOne(calls, answers, about, time))
        {
            _answers.Distort(calls, answers, view, about, time);
        }

        string whole = isBatch && Strikes("batch error", about, time)
            ? RpcAnswer.Error(-32000, "batch refused").Json("null")
            : isBatch ? JoinBadly(calls, answers, about, time)
            : Join(calls, answers, isBatch);
        return Strikes("cut body", about, time) ? Whole(whole[..(whole.Length * 2 / 3)]) : Whole(whole);
    }

    private static string Join(RpcCall[] calls, RpcAnswer[] answers, bool isBatch)
    {
        IEnumerable<string> items = calls.Zip(answers, (call, answer) => answer.Json(call.Id));
        return isBatch ? $"[{string.Join(',', items)}]" : items.Single();
    }

    private static HttpResponseMessage Whole(string body) => new(HttpStatusCode.OK)
    {
        Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)),
    };

    private string JoinBadly(RpcCall[] calls, RpcAnswer[] answers, string about, int time)
    {
        List<string> items = [.. calls.Zip(answers, (call, answer) => answer.Json(call.Id))];
        if (lies.Open is null && Strikes("lost answer", about, time))
        {
            items.RemoveAt(dice.Below(items.Count, "which is lost", about, time));
        }
        else if (lies.Open is null && Strikes("repeated answer", about, time))
        {
            items.Add(items[0]);
        }

        if (Strikes("shuffle", about, time))
        {
            items = [.. items.OrderBy(item => dice.Below(int.MaxValue, "place", item, time))];
        }

        return $"[{string.Join(",\n ", items)}]";
    }

    /// <summary>One call of the request fails or finds nothing. False when all is well.</summary>
    private bool SpoilOne(RpcCall[] calls, RpcAnswer[] answers, string about, int time)
    {
        int which = dice.Below(calls.Length, "which call", about, time);
        if (Strikes("rpc error", about, time))
        {
            answers[which] = dice.Pick(
                [
                    RpcAnswer.Error(-32000, "header not found"), RpcAnswer.Error(-32603, "internal error"),
                    RpcAnswer.Error(-32005, "limit exceeded"), RpcAnswer.Error(4444, "pruned history unavailable"),
                ],
                "rpc error kind", about, time);
            return true;
        }

        if (Strikes("null burst", about, time))
        {
            _nullsLeft = dice.Below(20, "nulls", about, time);
        }

        bool isNull = Strikes("null", about, time) || Interlocked.Decrement(ref _nullsLeft) >= 0;
        if (isNull && calls[which].Method.StartsWith("eth_getBlock", StringComparison.Ordinal))
        {
            answers[which] = RpcAnswer.Null;
            return true;
        }

        return false;
    }

    private async Task<HttpResponseMessage?> TransportFaultAsync(
        string about, int time, CancellationToken cancellationToken)
    {
        if (Strikes("delay", about, time))
        {
            TimeSpan delay = TimeSpan.FromMilliseconds(1 + dice.Below(4, "milliseconds", about, time));
            await Task.Delay(delay, TimeProvider.System, cancellationToken);
        }

        if (Strikes("reset", about, time))
        {
            throw new HttpRequestException("Connection reset by peer");
        }

        // HttpClient reports its own time limit in this way.
        if (Strikes("timeout", about, time))
        {
            throw new TaskCanceledException("Timed out", new TimeoutException());
        }

        if (Strikes("429 storm", about, time))
        {
            _stormLeft = dice.Below(30, "storm", about, time);
        }

        if (Strikes("429", about, time) || Interlocked.Decrement(ref _stormLeft) >= 0)
        {
            HttpResponseMessage tooMany = new(HttpStatusCode.TooManyRequests);
            tooMany.Headers.RetryAfter = dice.Pick<RetryConditionHeaderValue?>(
                [null, new(TimeSpan.Zero), new(TimeSpan.FromSeconds(7))], "retry after", about, time);
            return tooMany;
        }

        if (Strikes("5xx", about, time))
        {
            return new HttpResponseMessage(dice.Pick(
                [HttpStatusCode.InternalServerError, HttpStatusCode.BadGateway, HttpStatusCode.ServiceUnavailable],
                "status", about, time));
        }

        return Strikes("no JSON", about, time)
            ? Whole(dice.Pick(["", "<html>Just a moment…</html>"], "no JSON kind", about, time))
            : null;
    }

    private bool Strikes(string fault, string about, int time)
    {
        bool strikes = dice.Chance(plan.Rate(fault), fault, about, time);
        tally.AddIf(strikes, fault);
        return strikes;
    }
}
