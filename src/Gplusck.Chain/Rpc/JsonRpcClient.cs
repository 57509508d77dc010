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
    private readonly ResiliencePipeline<JsonElement> _pipeline;
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
        return JsonRpcWire.Single(await PostAsync(request, method, cancellationToken), method, id);
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
            results.AddRange(JsonRpcWire.Batch(await PostAsync(request, what, cancellationToken), part, firstId));
        }

        return results;
    }

    private static ResiliencePipeline<JsonElement> PipelineOf(JsonRpcOptions options, TimeProvider time)
    {
        ResiliencePipelineBuilder<JsonElement> builder = new() { TimeProvider = time };
        if (options.RetriesMax > 0)
        {
            builder.AddRetry(new RetryStrategyOptions<JsonElement>
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

    private async Task<JsonElement> PostAsync(
        ReadOnlyMemory<byte> request, string what, CancellationToken cancellationToken)
    {
        try
        {
            return await _pipeline.ExecuteAsync(
                static async (state, token) => await state.Client.PostOnceAsync(state.Request, token),
                (Client: this, Request: request),
                cancellationToken);
        }
        catch (Exception exception) when (IsTransient(exception) && !cancellationToken.IsCancellationRequested)
        {
            throw new RetryableException($"{NodeName} did not answer {what}: {exception.Message}", exception);
        }
    }

    private async Task<JsonElement> PostOnceAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
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

        try
        {
            return await ReadAsync(response.Content, cancellationToken);
        }
        catch (JsonException) when (!response.IsSuccessStatusCode)
        {
            throw new GplusckException($"{NodeName} refused the request with HTTP status {(int)response.StatusCode}.");
        }
        catch (JsonException exception)
        {
            throw new TransientHttpException("The answer is not whole JSON.", exception);
        }
    }

    private async Task<JsonElement> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await using Stream stream = await content.ReadAsStreamAsync(cancellationToken);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(FirstBufferBytes);
        try
        {
            int length = 0;
            int read;
            while ((read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken)) > 0)
            {
                length += read;
                if (length > _options.AnswerBytesMax)
                {
                    throw new GplusckException(
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

            return JsonElement.Parse(buffer.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
