using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Gplusck.Benchmarks.Indexing;

/// <summary>Notes when a node announces each of its blocks over a websocket.</summary>
internal sealed class NewHeads : IAsyncDisposable
{
    private const int MessageBytesMax = 64 * 1024;

    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<long, long> _seen = new();
    private Task _listening = Task.CompletedTask;

    public static async Task<NewHeads> SubscribeAsync(Uri node, CancellationToken cancellationToken)
    {
        NewHeads heads = new();
        try
        {
            await heads._socket.ConnectAsync(new UriBuilder(node) { Scheme = "ws" }.Uri, cancellationToken);
            byte[] request = Encoding.UTF8.GetBytes(
                """{"jsonrpc":"2.0","id":1,"method":"eth_subscribe","params":["newHeads"]}""");
            await heads._socket.SendAsync(request, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
            heads._listening = heads.ListenAsync(heads._stop.Token);
            return heads;
        }
        catch
        {
            await heads.DisposeAsync();
            throw;
        }
    }

    /// <summary>The <see cref="Stopwatch"/>'s time when a block was announced first; null when it was not.</summary>
    public long? SeenAt(long block) => _seen.TryGetValue(block, out long time) ? time : null;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _socket.Dispose();
        _stop.Dispose();
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[MessageBytesMax];
        while (!cancellationToken.IsCancellationRequested)
        {
            int length = 0;
            ValueWebSocketReceiveResult part;
            do
            {
                part = await _socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
                length += part.Count;
            }
            while (!part.EndOfMessage);
            long now = Stopwatch.GetTimestamp();
            using JsonDocument message = JsonDocument.Parse(buffer.AsMemory(0, length));
            if (message.RootElement.TryGetProperty("params", out JsonElement announced))
            {
                string number = announced.GetProperty("result").GetProperty("number").GetString()!;
                _seen.TryAdd(
                    long.Parse(number.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture), now);
            }
        }
    }
}
