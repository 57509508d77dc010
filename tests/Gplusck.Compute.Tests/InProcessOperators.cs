using System.Net;
using Gplusck.Chain;
using Gplusck.Compute.Operator;

namespace Gplusck.Compute.Tests;

/// <summary>
/// HTTP without a network: requests reach the operator whose name is the host; other hosts do not answer.
/// </summary>
internal sealed class InProcessOperators(IReadOnlyDictionary<string, OperatorAgent> agents) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!agents.TryGetValue(request.RequestUri!.Host, out OperatorAgent? agent))
        {
            throw new HttpRequestException($"{request.RequestUri.Host} does not answer.");
        }

        Assert.Equal("/operator/cells", request.RequestUri.AbsolutePath);
        using MemoryStream response = new();
        try
        {
            await using Stream body = await request.Content!.ReadAsStreamAsync(cancellationToken);
            // What has reached an operator is finished there, whoever has stopped waiting for it.
            await agent.HandleCellAsync(body, response, CancellationToken.None);
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(response.ToArray()) };
        }
        catch (InvalidInputException)
        {
            return new HttpResponseMessage(HttpStatusCode.BadRequest);
        }
        catch (RetryableException)
        {
            return new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
        }
    }
}
