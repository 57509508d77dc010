using System.Diagnostics;
using System.Text;
using Gplusck.Chain;

namespace Gplusck.Benchmarks.Indexing;

/// <summary>What the node itself needs: a client that asks for every header and receipt and throws them away.</summary>
internal sealed class NodeFloor(Uri url, long firstBlock, long lastBlock)
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler(), disposeHandler: false);
    private static readonly (int Blocks, int Requests)[] Shapes = [(1, 8), (5, 8), (10, 4), (20, 4), (20, 8), (50, 2)];

    /// <summary>Blocks in one request and requests at a time, the fastest of <see cref="FindShapeAsync"/>.</summary>
    public (int Blocks, int Requests) Shape { get; private set; } = Shapes[0];

    /// <summary>Bytes of all answers.</summary>
    public long Bytes { get; private set; }

    /// <summary>Tries every shape, each after a first, uncounted look at the chain.</summary>
    public async Task FindShapeAsync(CancellationToken cancellationToken)
    {
        await SecondsAsync(cancellationToken);
        double best = double.MaxValue;
        (int, int) fastest = Shape;
        foreach ((int, int) shape in Shapes)
        {
            Shape = shape;
            double seconds = await SecondsAsync(cancellationToken);
            (best, fastest) = seconds < best ? (seconds, shape) : (best, fastest);
        }

        Shape = fastest;
    }

    /// <summary>Asks for everything once.</summary>
    public async Task<double> SecondsAsync(CancellationToken cancellationToken)
    {
        (int blocks, int requests) = Shape;
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = requests, CancellationToken = cancellationToken };
        int parts = (int)((lastBlock - firstBlock + blocks) / blocks);
        long bytes = 0;
        long started = Stopwatch.GetTimestamp();
        await Parallel.ForAsync(0, parts, parallel, async (part, token) =>
        {
            long from = firstBlock + ((long)part * blocks);
            long to = Math.Min(lastBlock, from + blocks - 1);
            Interlocked.Add(ref bytes, await FetchAsync(from, to, token));
        });
        Bytes = bytes;
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private async Task<long> FetchAsync(long from, long to, CancellationToken cancellationToken)
    {
        StringBuilder body = new("[");
        for (long block = from; block <= to; block++)
        {
            body.Append(block == from ? "" : ",").Append(
                $$"""
                {"jsonrpc":"2.0","id":{{2 * block}},"method":"eth_getBlockByNumber","params":["0x{{block:x}}",false]},
                {"jsonrpc":"2.0","id":{{(2 * block) + 1}},"method":"eth_getBlockReceipts","params":["0x{{block:x}}"]}
                """);
        }

        using StringContent content = new(body.Append(']').ToString(), Encoding.UTF8, "application/json");
        using HttpRequestMessage request = new(HttpMethod.Post, url) { Content = content };
        using HttpResponseMessage response = await Http.SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw new GplusckException($"The node answers {(int)response.StatusCode}.");
        }

        await using Stream answer = await response.Content.ReadAsStreamAsync(cancellationToken);
        byte[] buffer = new byte[64 * 1024];
        long total = 0;
        for (int read; (read = await answer.ReadAsync(buffer, cancellationToken)) > 0; total += read)
        {
        }

        return total;
    }
}
