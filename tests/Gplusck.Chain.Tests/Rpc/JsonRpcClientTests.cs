using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Gplusck.Chain.Rpc;

namespace Gplusck.Chain.Tests.Rpc;

public sealed class JsonRpcClientTests : IDisposable
{
    private const string Good = """{"jsonrpc":"2.0","id":$id,"result":"0x2a"}""";

    private readonly HttpClient _http = new(new SocketsHttpHandler());

    [Fact]
    public async Task Status_429_and_then_503_and_then_an_answer_is_an_answer()
    {
        await using FakeNode node = new(async (before, request, response) =>
        {
            if (before < 2)
            {
                response.StatusCode = before == 0 ? 429 : 503;
                response.Headers["Retry-After"] = "0";
                response.Close();
                return;
            }

            await FakeNode.WriteAsync(response, request, Good);
        });

        Assert.Equal("0x2a", (await CallAsync(node)).GetString());
        Assert.Equal(3, node.Requests);
    }

    [Fact]
    public async Task A_body_cut_short_is_asked_for_again()
    {
        await using FakeNode node = new(async (before, request, response) =>
        {
            if (before == 0)
            {
                response.ContentLength64 = 1_000;
                await response.OutputStream.WriteAsync("""{"jsonrpc":"2.0","""u8.ToArray());
                await response.OutputStream.FlushAsync();
                response.Abort();
                return;
            }

            await FakeNode.WriteAsync(response, request, before == 1 ? """{"jsonrpc":"2.0","id":""" : Good);
        });

        Assert.Equal("0x2a", (await CallAsync(node)).GetString());
        Assert.Equal(3, node.Requests);
    }

    [Fact]
    public async Task A_node_that_stays_silent_times_out_as_retryable_and_its_key_stays_secret()
    {
        ConcurrentBag<HttpListenerResponse> held = [];
        await using FakeNode node = new((_, _, response) =>
        {
            held.Add(response);
            return Task.CompletedTask;
        });
        JsonRpcOptions options = Options(retries: 1);
        options.AttemptTimeout = TimeSpan.FromMilliseconds(100);

        RetryableException exception =
            await Assert.ThrowsAsync<RetryableException>(() => CallAsync(node, options));

        Assert.DoesNotContain("secret-key", exception.Message, StringComparison.Ordinal);
        Assert.Contains("eth_test", exception.Message, StringComparison.Ordinal);
        Assert.All(held, response => response.Abort());
    }

    [Fact]
    public async Task A_node_that_is_not_there_is_retryable()
    {
        Uri nobody;
        await using (FakeNode node = FakeNode.Saying(Good))
        {
            nobody = node.Url;
        }

        JsonRpcClient client = new(_http, nobody, Options(retries: 1), TimeProvider.System);
        await Assert.ThrowsAsync<RetryableException>(
            () => client.CallAsync("eth_test", [], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Cancelling_ends_the_retries_at_once_as_a_cancellation()
    {
        using CancellationTokenSource cancel = new();
        await using FakeNode node = new((_, _, response) =>
        {
            cancel.Cancel();
            response.StatusCode = 503;
            response.Close();
            return Task.CompletedTask;
        });
        JsonRpcClient client = new(_http, node.Url, Options(retries: 100), TimeProvider.System);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.CallAsync("eth_test", [], cancel.Token));
    }

    [Fact]
    public async Task An_error_object_is_an_exception_with_code_words_and_data_and_no_retry()
    {
        await using FakeNode node = FakeNode.Saying(
            """{"jsonrpc":"2.0","id":$id,"error":{"code":-32602,"message":"range too wide","data":"0x01"}}""");

        JsonRpcException exception = await Assert.ThrowsAsync<JsonRpcException>(() => CallAsync(node));

        Assert.Equal((-32602, "range too wide", "0x01"), (exception.Code, exception.NodeMessage, exception.DataHex));
        Assert.Equal(1, node.Requests);
    }

    [Fact]
    public async Task An_error_object_behind_status_400_is_read_all_the_same()
    {
        await using FakeNode node = new((_, request, response) =>
        {
            response.StatusCode = 400;
            return FakeNode.WriteAsync(
                response, request, """{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"parse error"}}""");
        });

        Assert.Equal(-32700, (await Assert.ThrowsAsync<JsonRpcException>(() => CallAsync(node))).Code);
    }

    [Fact]
    public async Task A_refusal_in_plain_text_is_not_tried_again()
    {
        await using FakeNode node = new((_, request, response) =>
        {
            response.StatusCode = 401;
            return FakeNode.WriteAsync(response, request, "who are you?");
        });

        GplusckException exception = await Assert.ThrowsAsync<GplusckException>(() => CallAsync(node));

        Assert.Contains("401", exception.Message, StringComparison.Ordinal);
        Assert.Equal(1, node.Requests);
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":999999,"result":"0x2a"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":null,"result":"0x2a"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":$id}""")]
    [InlineData("""{"jsonrpc":"2.0","id":$id,"error":"no"}""")]
    [InlineData("[]")]
    [InlineData("7")]
    public async Task An_answer_that_breaks_the_protocol_is_refused(string body)
    {
        await using FakeNode node = FakeNode.Saying(body);
        await Assert.ThrowsAsync<InvalidAnswerException>(() => CallAsync(node));
    }

    [Fact]
    public async Task An_answer_larger_than_allowed_is_not_read_to_its_end()
    {
        await using FakeNode node = FakeNode.Saying($$"""{"id":$id,"result":"{{new string('x', 200_000)}}"}""");
        JsonRpcOptions options = Options(retries: 3);
        options.AnswerBytesMax = 100_000;

        await Assert.ThrowsAsync<TooMuchAskedException>(() => CallAsync(node, options));
        Assert.Equal(1, node.Requests);
    }

    [Fact]
    public async Task A_batch_answered_in_any_order_comes_back_in_the_order_of_the_calls_and_in_parts()
    {
        await using FakeNode node = new((_, request, response) =>
        {
            IEnumerable<string> answers = request.EnumerateArray().Reverse().Select(call =>
                $$"""{"jsonrpc":"2.0","id":{{call.GetProperty("id")}},"result":{{call.GetProperty("params")[0]}}}""");
            return FakeNode.WriteAsync(response, request, $"[{string.Join(',', answers)}]");
        });
        JsonRpcOptions options = Options(retries: 0);
        options.BatchCallsMax = 4;

        IReadOnlyList<JsonElement> results = await BatchAsync(node, count: 10, options);

        Assert.Equal(Enumerable.Range(0, 10), results.Select(result => result.GetInt32()));
        Assert.Equal(3, node.Requests);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 2)]
    [InlineData(0)]
    [InlineData(0, 1, 1)]
    public async Task A_batch_with_an_answer_twice_missing_or_unasked_is_refused(params int[] offsets)
    {
        await using FakeNode node = new((_, request, response) =>
        {
            long first = request[0].GetProperty("id").GetInt64();
            IEnumerable<string> answers = offsets.Select(offset => $$"""{"id":{{first + offset}},"result":1}""");
            return FakeNode.WriteAsync(response, request, $"[{string.Join(',', answers)}]");
        });

        await Assert.ThrowsAsync<InvalidAnswerException>(() => BatchAsync(node, count: 2, Options(retries: 0)));
    }

    [Fact]
    public async Task A_batch_with_one_error_or_refused_as_a_whole_is_that_error()
    {
        await using FakeNode one = new((_, request, response) => FakeNode.WriteAsync(
            response,
            request,
            $$$"""
            [{"id":{{{request[0].GetProperty("id")}}},"result":1},
             {"id":{{{request[1].GetProperty("id")}}},"error":{"code":-32000,"message":"pruned"}}]
            """));
        await using FakeNode whole = FakeNode.Saying(
            """{"id":null,"error":{"code":-32005,"message":"batch too large"}}""");

        Assert.Equal(-32000, (await Assert.ThrowsAsync<JsonRpcException>(() => BatchAsync(one, 2, Options(0)))).Code);
        Assert.Equal(-32005, (await Assert.ThrowsAsync<JsonRpcException>(() => BatchAsync(whole, 2, Options(0)))).Code);
    }

    [Theory]
    [InlineData("\"0x\"")]
    [InlineData("\"0x1ffffffffffffffff\"")]
    [InlineData("\"0x8000000000000000\"")]
    [InlineData("\"12\"")]
    [InlineData("\"0x-1\"")]
    [InlineData("12")]
    [InlineData("null")]
    [InlineData("{}")]
    public async Task A_number_that_is_none_or_too_large_is_refused(string result)
    {
        await using FakeNode node = FakeNode.Saying($$"""{"id":$id,"result":{{result}}}""");
        EthereumClient client = new(new JsonRpcClient(_http, node.Url, Options(retries: 0), TimeProvider.System));

        await Assert.ThrowsAsync<InvalidAnswerException>(
            () => client.BlockNumberAsync(TestContext.Current.CancellationToken));
    }

    public void Dispose() => _http.Dispose();

    private static JsonRpcOptions Options(int retries) => new()
    {
        RetriesMax = retries,
        FirstDelay = TimeSpan.FromMilliseconds(1),
        DelayMax = TimeSpan.FromMilliseconds(5),
    };

    private Task<JsonElement> CallAsync(FakeNode node, JsonRpcOptions? options = null) =>
        new JsonRpcClient(_http, node.Url, options ?? Options(retries: 3), TimeProvider.System)
            .CallAsync("eth_test", ["0x1", true, null], TestContext.Current.CancellationToken);

    private Task<IReadOnlyList<JsonElement>> BatchAsync(FakeNode node, int count, JsonRpcOptions options) =>
        new JsonRpcClient(_http, node.Url, options, TimeProvider.System).BatchAsync(
            [.. Enumerable.Range(0, count).Select(number => ("eth_test", new object?[] { number }))],
            TestContext.Current.CancellationToken);
}
