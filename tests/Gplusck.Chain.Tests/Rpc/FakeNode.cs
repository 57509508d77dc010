using System.Net;
using System.Text;
using System.Text.Json;
using Gplusck.Host.Devnet;

namespace Gplusck.Chain.Tests.Rpc;

/// <summary>An HTTP server that answers as the test says, for failures no real node can be made to show.</summary>
internal sealed class FakeNode : IAsyncDisposable
{
    // A client that has seen enough may hang up in the middle of an answer.
    private readonly HttpListener _listener = new() { IgnoreWriteExceptions = true };
    private readonly TaskCompletionSource _stopping = new();
    private readonly Func<int, JsonElement, HttpListenerResponse, Task> _answer;
    private readonly Task _loop;
    private int _requests;

    /// <summary>Starts answering. The handler gets the count of requests before this one, and the request.</summary>
    public FakeNode(Func<int, JsonElement, HttpListenerResponse, Task> answer)
    {
        _answer = answer;
        Url = new Uri($"http://127.0.0.1:{FreePort.Next()}/secret-key");
        _listener.Prefixes.Add(new Uri(Url, "/").ToString());
        _listener.Start();
        _loop = ServeAsync();
    }

    public Uri Url { get; }

    public int Requests => _requests;

    /// <summary>A node that always answers with this body, <c>$id</c> in it replaced by the request's id.</summary>
    public static FakeNode Saying(string body) => new((_, request, response) => WriteAsync(response, request, body));

    public static async Task WriteAsync(HttpListenerResponse response, JsonElement request, string body)
    {
        string id = request.ValueKind == JsonValueKind.Object ? request.GetProperty("id").GetRawText() : "null";
        byte[] bytes = Encoding.UTF8.GetBytes(body.Replace("$id", id, StringComparison.Ordinal));
        response.ContentLength64 = bytes.Length;
        await response.OutputStream.WriteAsync(bytes);
        response.Close();
    }

    public async ValueTask DisposeAsync()
    {
        _stopping.SetResult();
        await _loop;
        _listener.Close();
    }

    private async Task ServeAsync()
    {
        // The listener is closed only after this loop: closed under it, it may be between two requests or in an answer.
        Task<HttpListenerContext> next = _listener.GetContextAsync();
        while (await Task.WhenAny(next, _stopping.Task) == next)
        {
            HttpListenerContext context = await next;
            next = _listener.GetContextAsync();
            using StreamReader reader = new(context.Request.InputStream);
            JsonElement request = JsonElement.Parse(await reader.ReadToEndAsync());
            await _answer(_requests++, request, context.Response);
        }
    }
}
