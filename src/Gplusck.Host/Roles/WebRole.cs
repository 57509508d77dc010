using Gplusck.Host.Devnet;
using Gplusck.Host.Endpoints;
using Hangfire;
using Microsoft.Extensions.FileProviders;
using OpenTelemetry.Metrics;

namespace Gplusck.Host.Roles;

/// <summary>The HTTP API, its metrics, and the dashboard.</summary>
internal static class WebRole
{
    public static void Add(WebApplicationBuilder builder, NetworkSettings settings)
    {
        ApiServices.Add(builder.Services);
        builder.Services
            .AddSingleton<ChainHead>()
            .AddSingleton(services => new ApiContext(
                (long)settings.Deployment.ChainId,
                settings.Deployment.Addresses,
                settings.Emulated ? settings.Rpc : null,
                settings.Emulated,
                services.GetRequiredService<ChainHead>().NumberAsync));
        builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter("Gplusck", "System.Runtime")
            .AddMeter("Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel")
            .AddPrometheusExporter());
    }

    public static void Map(WebApplication application, NetworkSettings settings)
    {
        ApiEndpoints.Use(application);
        MapDashboard(application);
        application.MapPrometheusScrapingEndpoint("/metrics");
        ApiEndpoints.Map(application);
        if (settings.Roles.Contains(Role.Jobs) || settings.Roles.Contains(Role.Verifier))
        {
            // Hangfire's own default lets in requests from this machine only.
            application.MapHangfireDashboard("/hangfire");
        }
    }

    private static void MapDashboard(WebApplication application)
    {
        string folder = Path.Combine(Checkout.Folder, "web", "dist");
        if (!Directory.Exists(folder))
        {
            return;
        }

        PhysicalFileProvider files = new(folder);
        application.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
        application.UseStaticFiles(new StaticFileOptions { FileProvider = files });
    }
}
