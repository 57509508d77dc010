using System.Net;
using Gplusck.Chain.Primitives;
using Gplusck.GpuVerify.Disputes;

namespace Gplusck.GpuVerify.Tests.Disputes;

public sealed class HttpCellSourceTests
{
    private static readonly Hash32 Root = Keccak.Hash("root"u8);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Object_of_the_committed_length_is_read_from_its_root()
    {
        Uri? asked = null;
        HttpCellSource source = Source(request =>
        {
            asked = request.RequestUri;
            return Body([1, 2, 3]);
        });

        Assert.Equal([1, 2, 3], await source.ReadObjectAsync("http://node.example/op/", Root, 3, Token));
        Assert.Equal($"http://node.example/op/objects/{Root}", asked!.ToString());
        await source.ReadBatchAsync("http://node.example/op", Root, 3, Token);
        Assert.Equal($"http://node.example/op/batches/{Root}", asked.ToString());
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(4, true)]
    [InlineData(2, false)]
    [InlineData(4, false)]
    [InlineData(1_000_000, false)]
    public async Task Object_of_another_length_is_refused_whatever_the_header_says(int length, bool announced)
    {
        HttpCellSource source = Source(_ =>
        {
            HttpResponseMessage response = Body(new byte[length]);
            response.Content = announced ? response.Content : new StreamContent(new Unseekable(new byte[length]));
            return response;
        });

        await Assert.ThrowsAsync<UnavailableException>(
            () => source.ReadObjectAsync("http://node.example", Root, 3, Token));
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("not an address")]
    [InlineData("")]
    public async Task Endpoint_that_is_no_http_address_is_never_opened(string endpoint)
    {
        HttpCellSource source = Source(_ => throw new InvalidOperationException("opened"));

        await Assert.ThrowsAsync<UnavailableException>(() => source.ReadObjectAsync(endpoint, Root, 3, Token));
    }

    [Fact]
    public async Task Refused_broken_and_silent_servers_are_unavailable()
    {
        HttpCellSource refusing = Source(_ => new HttpResponseMessage(HttpStatusCode.NotFound));
        HttpCellSource broken = Source(_ => throw new HttpRequestException("reset"));
        HttpCellSource silent = new(Client(new Handler(async (_, token) =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return Body([]);
        })), new VerifierOptions { FetchTimeoutSeconds = 1 });

        foreach (HttpCellSource source in new[] { refusing, broken, silent })
        {
            await Assert.ThrowsAsync<UnavailableException>(
                () => source.ReadObjectAsync("http://node.example", Root, 3, Token));
        }
    }

    private static HttpCellSource Source(Func<HttpRequestMessage, HttpResponseMessage> answer) =>
        new(Client(new Handler((request, _) => Task.FromResult(answer(request)))), new VerifierOptions());

#pragma warning disable RS0030 // a client over a handler of the test, no connection
    private static HttpClient Client(HttpMessageHandler handler) => new(handler);
#pragma warning restore RS0030

    private static HttpResponseMessage Body(byte[] bytes) =>
        new(HttpStatusCode.OK) { Content = new ByteArrayContent(bytes) };

    private sealed class Handler(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer)
        : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken) => answer(request, cancellationToken);
    }

    /// <summary>A stream without a length, so that the response announces none.</summary>
    private sealed class Unseekable(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
