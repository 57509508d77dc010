namespace Gplusck.Outbox.Tests;

/// <summary>A network that loses some requests on the way there and some answers on the way back.</summary>
internal sealed class UnreliableHandler(int seed, int lossPercent) : DelegatingHandler(new SocketsHttpHandler())
{
    private readonly Lock _lock = new();
    private readonly Random _random = new(seed);

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ThrowSometimes("lost on the way there");
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
        ThrowSometimes("lost on the way back");
        return response;
    }

    private void ThrowSometimes(string message)
    {
        lock (_lock)
        {
            if (_random.Next(100) < lossPercent)
            {
                throw new HttpRequestException(message);
            }
        }
    }
}
