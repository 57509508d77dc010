using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace Gplusck.Benchmarks.Indexing;

/// <summary>How long the node needs to hand out all headers and receipts to a client that throws them away.</summary>
internal static class NodeFloor
{
    /// <summary>Seconds for blocks 0 to <paramref name="head"/>, asked for in batches.</summary>
    /// <param name="url">The node.</param>
    /// <param name="head">The last block.</param>
    /// <param name="blocksPerRequest">Blocks in one batch.</param>
    /// <param name="requests">Requests under way at once.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<(double Seconds, long Bytes)> MeasureAsync(
        Uri url, long head, int blocksPerRequest, int requests, CancellationToken cancellationToken)
    {
        using HttpClient http = new(new SocketsHttpHandler());
        long bytes = 0;
        long started = Stopwatch.GetTimestamp();
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = requests, CancellationToken = cancellationToken };
        int batches = (int)(head / blocksPerRequest) + 1;
        await Parallel.ForAsync(0, batches, parallel, async (batch, token) =>
        {
            long from = (long)batch * blocksPerRequest;
            long to = Math.Min(head, from + blocksPerRequest - 1);
            Interlocked.Add(ref bytes, await DiscardAsync(http, url, Request(from, to), token));
        });
        return (Stopwatch.GetElapsedTime(started).TotalSeconds, bytes);
    }

    private static string Request(long from, long to)
    {
        StringBuilder request = new("[");
        for (long number = from; number <= to; number++)
        {
            request.Append(number > from ? "," : "")
                .Append(CultureInfo.InvariantCulture, $"{{\"jsonrpc\":\"2.0\",\"id\":{2 * number},")
                .Append(CultureInfo.InvariantCulture, $"\"method\":\"eth_getBlockByNumber\",")
                .Append(CultureInfo.InvariantCulture, $"\"params\":[\"0x{number:x}\",false]}},")
                .Append(CultureInfo.InvariantCulture, $"{{\"jsonrpc\":\"2.0\",\"id\":{(2 * number) + 1},")
                .Append(CultureInfo.InvariantCulture, $"\"method\":\"eth_getBlockReceipts\",")
                .Append(CultureInfo.InvariantCulture, $"\"params\":[\"0x{number:x}\"]}}");
        }

        return request.Append(']').ToString();
    }

    private static async Task<long> DiscardAsync(
        HttpClient http, Uri url, string request, CancellationToken cancellationToken)
    {
        using HttpRequestMessage message = new(HttpMethod.Post, url) { Content = new StringContent(request) };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using HttpResponseMessage response =
            await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        response.EnsureSuccessStatusCode();
        await using Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        byte[] buffer = new byte[1 << 16];
        long total = 0;
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            total += read;
        }

        return total;
    }
}
