using Gplusck.Chain.Primitives;

namespace Gplusck.GpuVerify.Disputes;

/// <summary>Reads cells over HTTP: <c>GET {endpoint}/batches/{root}</c> and <c>GET
/// {endpoint}/objects/{root}</c>.</summary>
/// <param name="http">Should follow no redirects: an endpoint is an address anyone may register.</param>
/// <param name="options">Limits.</param>
public sealed class HttpCellSource(HttpClient http, VerifierOptions options) : ICellSource
{
    /// <inheritdoc/>
    public Task<byte[]> ReadBatchAsync(
        string endpoint, Hash32 cellsRoot, int bytesMax, CancellationToken cancellationToken) =>
        ReadAsync(Address(endpoint, "batches", cellsRoot), 1, bytesMax, cancellationToken);

    /// <inheritdoc/>
    public Task<byte[]> ReadObjectAsync(
        string endpoint, Hash32 root, int length, CancellationToken cancellationToken) =>
        ReadAsync(Address(endpoint, "objects", root), length, length, cancellationToken);

    private static Uri Address(string endpoint, string kind, Hash32 root)
    {
        bool isHttp = Uri.TryCreate(endpoint, UriKind.Absolute, out Uri? address)
            && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);
        return isHttp
            ? new Uri($"{address!.AbsoluteUri.TrimEnd('/')}/{kind}/{root}")
            : throw new UnavailableException($"The operator's endpoint \"{endpoint}\" is no HTTP address.");
    }

    private async Task<byte[]> ReadAsync(
        Uri address, int lengthMin, int lengthMax, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(options.FetchTimeoutSeconds));
        try
        {
            using HttpResponseMessage response =
                await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            if (!response.IsSuccessStatusCode)
            {
                throw new UnavailableException($"{address} answers {(int)response.StatusCode}.");
            }

            long? announced = response.Content.Headers.ContentLength;
            if (announced < lengthMin || announced > lengthMax)
            {
                throw WrongLength(address, $"{announced}", lengthMin, lengthMax);
            }

            await using Stream body = await response.Content.ReadAsStreamAsync(limit.Token);
            return await ReadBodyAsync(address, body, lengthMin, lengthMax, limit.Token);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            throw new UnavailableException($"{address} cannot be read: {error.Message}", error);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw new UnavailableException($"{address} did not answer in {options.FetchTimeoutSeconds} s.", error);
        }
    }

    // The announced length is the server's word, so the buffer grows with what really arrives.
    private static async Task<byte[]> ReadBodyAsync(
        Uri address, Stream body, int lengthMin, int lengthMax, CancellationToken cancellationToken)
    {
        using MemoryStream received = new();
        byte[] block = new byte[Math.Min(lengthMax, 1 << 16)];
        int read;
        while ((read = await body.ReadAsync(block, cancellationToken)) > 0)
        {
            if (received.Length + read > lengthMax)
            {
                throw WrongLength(address, $"more than {lengthMax}", lengthMin, lengthMax);
            }

            received.Write(block, 0, read);
        }

        return received.Length >= lengthMin
            ? received.ToArray()
            : throw WrongLength(address, $"{received.Length}", lengthMin, lengthMax);
    }

    private static UnavailableException WrongLength(Uri address, string length, int lengthMin, int lengthMax) => new(
        lengthMin == lengthMax
            ? $"{address} serves {length} bytes where {lengthMax} were committed."
            : $"{address} serves {length} bytes; {lengthMin} to {lengthMax} were expected.");
}
