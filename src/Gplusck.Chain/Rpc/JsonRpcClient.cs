using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Gplusck.Chain.Rpc;

/// <summary>Calls methods of a node over JSON-RPC 2.0 on HTTP, one by one or in batches.</summary>
/// <remarks>
/// Transport errors, timeouts, status 429 and 5xx and bodies cut short are tried again with growing delays; what
/// still fails is a <see cref="RetryableException"/>. A node's error is a <see cref="JsonRpcException"/> at once.
/// The only place in Gplusck that retries towards a node. Safe for use by many tasks at a time.
/// </remarks>
public sealed class JsonRpcClient
{
    private const int FirstBufferBytes = 16 * 1024;

    private readonly HttpClient _http;
    private readonly Uri _url;
    private readonly JsonRpcOptions _options;
    private readonly ResiliencePipeline<Answer> _pipeline;
    private long _lastId;

    /// <summary>A client of the node at <paramref name="url"/>.</summary>
    public JsonRpcClient(HttpClient http, Uri url, JsonRpcOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(url);
        _http = http;
        _url = url;
        _options = options;
        _pipeline = PipelineOf(options, time);
        // Paths and queries of node addresses hold keys, so messages never show them.
        NodeName = url.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
    }

    /// <summary>The node's scheme, host and port, without the path that may hold a key.</summary>
    public string NodeName { get; }

    /// <summary>Calls one method and returns its result, which may be JSON null.</summary>
    /// <exception cref="JsonRpcException">The node answered with an error.</exception>
    /// <exception cref="RetryableException">The node did not answer, or its answer breaks the protocol.</exception>
    public async Task<JsonElement> CallAsync(string method, object?[] args, CancellationToken cancellationToken)
    {
        long id = Interlocked.Increment(ref _lastId);
        ReadOnlyMemory<byte> request = JsonRpcWire.Write([(method, args)], id, batch: false);
        return JsonRpcWire.Single(await ParseAsync(request, method, cancellationToken), method, id);
    }

    /// <summary>Calls many methods in as few requests as allowed and returns their results in the same order.</summary>
    /// <exception cref="JsonRpcException">The node answered one of the calls with an error.</exception>
    /// <exception cref="RetryableException">The node did not answer, or its answer breaks the protocol.</exception>
    public async Task<IReadOnlyList<JsonElement>> BatchAsync(
        IReadOnlyList<(string Method, object?[] Args)> calls, CancellationToken cancellationToken)
    {
        List<JsonElement> results = new(calls.Count);
        foreach ((string Method, object?[] Args)[] part in calls.Chunk(_options.BatchCallsMax))
        {
            long firstId = Interlocked.Add(ref _lastId, part.Length) - part.Length + 1;
            ReadOnlyMemory<byte> request = JsonRpcWire.Write(part, firstId, batch: true);
            string what = $"a batch of {part.Length} calls";
            results.AddRange(JsonRpcWire.Batch(await ParseAsync(request, what, cancellationToken), part, firstId));
        }

        return results;
    }

    /// <summary>Calls many methods in one request and returns the bytes of their results, for answers too large to be
    /// made objects of.</summary>
    /// <exception cref="JsonRpcException">The node answered one of the calls with an error.</exception>
    /// <exception cref="RetryableException">The node did not answer, or its answer breaks the protocol.</exception>
    public async Task<RawAnswer> BatchRawAsync(
        IReadOnlyList<(string Method, object?[] Args)> calls, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(calls);
        long firstId = Interlocked.Add(ref _lastId, calls.Count) - calls.Count + 1;
        ReadOnlyMemory<byte> request = JsonRpcWire.Write(calls, firstId, batch: true);
        Answer answer = await PostAsync(request, $"a batch of {calls.Count} calls", cancellationToken);
        return RawAnswer.Of(answer.Buffer, answer.Length, calls, firstId);
    }

    private static ResiliencePipeline<Answer> PipelineOf(JsonRpcOptions options, TimeProvider time)
    {
        ResiliencePipelineBuilder<Answer> builder = new() { TimeProvider = time };
        if (options.RetriesMax > 0)
        {
            builder.AddRetry(new RetryStrategyOptions<Answer>
            {
                MaxRetryAttempts = options.RetriesMax,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = options.FirstDelay,
                MaxDelay = options.DelayMax,
                ShouldHandle = static attempt => ValueTask.FromResult(
                    attempt.Outcome.Exception is Exception exception && IsTransient(exception)),
                DelayGenerator = attempt => ValueTask.FromResult(
                    attempt.Outcome.Exception is TransientHttpException { RetryAfter: TimeSpan wait }
                        ? (wait < options.DelayMax ? wait : options.DelayMax)
                        : (TimeSpan?)null),
            });
        }

        return builder.AddTimeout(options.AttemptTimeout).Build();
    }

    // HttpClient reports its own time limit as a cancellation caused by a timeout.
    private static bool IsTransient(Exception exception) =>
        exception is TransientHttpException or HttpRequestException or IOException or TimeoutRejectedException
            or OperationCanceledException { InnerException: TimeoutException };

    private static bool IsTransient(HttpStatusCode status) =>
        status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout
            or >= HttpStatusCode.InternalServerError;

    private async Task<JsonElement> ParseAsync(
        ReadOnlyMemory<byte> request, string what, CancellationToken cancellationToken)
    {
        Answer answer = await PostAsync(request, what, cancellationToken);
        try
        {
            return JsonElement.Parse(answer.Buffer.AsSpan(0, answer.Length));
        }
        catch (JsonException exception)
        {
            throw new InvalidAnswerException($"{NodeName} answered {what} with JSON that is malformed.", exception);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(answer.Buffer);
        }
    }

    private async Task<Answer> PostAsync(
        ReadOnlyMemory<byte> request, string what, CancellationToken cancellationToken)
    {
        try
        {
            return await _pipeline.ExecuteAsync(
                static async (state, token) => await state.Client.PostOnceAsync(state.Request, token),
                (Client: this, Request: request),
                cancellationToken);
        }
        catch (Exception exception) when (IsTransient(exception))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new RetryableException($"{NodeName} did not answer {what}: {exception.Message}", exception);
        }
    }

    private async Task<Answer> PostOnceAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        using HttpRequestMessage message = new(HttpMethod.Post, _url) { Content = new ReadOnlyMemoryContent(request) };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using HttpResponseMessage response =
            await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (IsTransient(response.StatusCode))
        {
            throw new TransientHttpException(
                $"HTTP status {(int)response.StatusCode}.", response.Headers.RetryAfter?.Delta);
        }

        if (response.StatusCode == HttpStatusCode.RequestEntityTooLarge)
        {
            throw new TooMuchAskedException($"{NodeName} finds the request too large (HTTP status 413).");
        }

        Answer answer = await ReadAsync(response.Content, cancellationToken);
        if (IsWhole(answer))
        {
            return answer;
        }

        ArrayPool<byte>.Shared.Return(answer.Buffer);
        throw response.IsSuccessStatusCode
            ? new TransientHttpException("The answer is not whole JSON.", retryAfter: null)
            : new GplusckException($"{NodeName} refused the request with HTTP status {(int)response.StatusCode}.");
    }

    // What a proxy cut short, or its page of regrets, is worth another try at once; what is wrong further in is not.
    private static bool IsWhole(Answer answer) =>
        answer.Buffer.AsSpan(0, answer.Length).Trim(" \r\n\t"u8) switch
        {
            [(byte)'{', .., byte last] => last == '}',
            [(byte)'[', .., byte last] => last == ']',
            [(byte)'"' or (byte)'-' or >= (byte)'0' and <= (byte)'9', ..] => true,
            var word => word.SequenceEqual("null"u8) || word.SequenceEqual("true"u8) || word.SequenceEqual("false"u8),
        };

    private async Task<Answer> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await using Stream stream = await content.ReadAsStreamAsync(cancellationToken);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(FirstBytesOf(content));
        try
        {
            int length = 0;
            int read;
            while ((read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken)) > 0)
            {
                length += read;
                if (length > _options.AnswerBytesMax)
                {
                    throw new TooMuchAskedException(
                        $"{NodeName} answered with more than {_options.AnswerBytesMax} bytes: ask for less at a time.");
                }

                if (length == buffer.Length)
                {
                    byte[] larger = ArrayPool<byte>.Shared.Rent(checked(2 * buffer.Length));
                    buffer.AsSpan(0, length).CopyTo(larger);
                    ArrayPool<byte>.Shared.Return(buffer);
                    buffer = larger;
                }
            }

            return new Answer(buffer, length);
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }
    }

    // One byte more than announced, so that the end is seen without growing.
    private int FirstBytesOf(HttpContent content) =>
        content.Headers.ContentLength is long announced && announced < _options.AnswerBytesMax
            ? (int)announced + 1
            : FirstBufferBytes;

    /// <summary>A pooled buffer and how much of it is the answer.</summary>
    private readonly record struct Answer(byte[] Buffer, int Length);
}
