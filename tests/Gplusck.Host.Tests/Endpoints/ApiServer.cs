using System.Net;
using System.Text.Json;
using Gplusck.Chain.Primitives;
using Gplusck.Host.Endpoints;
using Gplusck.Tokenomics.Rules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Gplusck.Host.Tests.Endpoints;

/// <summary>The API on a real Kestrel, on a port of its own.</summary>
internal sealed class ApiServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly HttpClient _client;

    private ApiServer(WebApplication application)
    {
        _application = application;
        _client = new HttpClient(new SocketsHttpHandler()) { BaseAddress = new Uri(application.Urls.Single()) };
    }

    public static async Task<ApiServer> StartAsync(NpgsqlDataSource dataSource, long head, CancellationToken token)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        ApiServices.Add(builder.Services);
        builder.Services.AddSingleton(dataSource);
        builder.Services.AddSingleton(new ApiContext(
            31_337,
            new Dictionary<string, Address>
            {
                ["Gpuck"] = SmallHistory.Holder, ["MicrocellCourt"] = SmallHistory.Court,
            },
            null, true,
            _ => ValueTask.FromResult(head)));
        WebApplication application = builder.Build();
        ApiEndpoints.Use(application);
        ApiEndpoints.Map(application);
        await application.StartAsync(token);
        return new ApiServer(application);
    }

    /// <summary>The status and the JSON answered, in canonical form.</summary>
    public async Task<(HttpStatusCode Status, string Json)> GetAsync(string path, CancellationToken token)
    {
        using HttpResponseMessage response = await _client.GetAsync(new Uri(path, UriKind.Relative), token);
        string text = await response.Content.ReadAsStringAsync(token);
        return (response.StatusCode, IsJson(response) ? CanonicalJson.TextOf(text) : text);
    }

    /// <summary>What was answered with 200.</summary>
    public async Task<JsonElement> ReadAsync(string path, CancellationToken token)
    {
        (HttpStatusCode status, string json) = await GetAsync(path, token);
        Assert.True(status == HttpStatusCode.OK, $"{path}: {status} {json}");
        return JsonElement.Parse(json);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _application.DisposeAsync();
    }

    private static bool IsJson(HttpResponseMessage response) =>
        response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true;
}
