using System.Globalization;
using Gplusck.Chain.Rpc;
using Gplusck.Database;
using Gplusck.Outbox;
using Serilog;
using Serilog.Events;

namespace Gplusck.Host.Roles;

/// <summary>One process of the network: the roles it has, over one chain and one database.</summary>
internal static class NetworkApplication
{
    private const long LogBytesMax = 16 << 20;
    private const int LogFilesMax = 4;

    /// <summary>Builds the process; nothing runs before it is started.</summary>
    /// <param name="settings">Its roles, chain and database.</param>
    /// <param name="time">The clock of every role.</param>
    /// <param name="extend">What a devnet adds: operators and a requester.</param>
    public static WebApplication Build(
        NetworkSettings settings, TimeProvider time, Action<WebApplicationBuilder>? extend = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(settings.Listen.ToString());
        AddLog(builder.Logging, settings.LogFile);
        builder.Services
            .AddSingleton(settings)
            .AddSingleton(settings.Deployment)
            .AddSingleton(time)
            .AddSingleton(PostgresDataSource.Create(settings.ConnectionString))
            .AddSingleton(ChainClient(settings.Rpc, time))
            .AddSingleton<TransactionOutbox>()
            // An operator's endpoint is what the operator says it is: it may not lead elsewhere.
            .AddSingleton(new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }));
        AddRoles(builder, settings);
        extend?.Invoke(builder);

        WebApplication application = builder.Build();
        if (settings.Roles.Contains(Role.Web))
        {
            WebRole.Map(application, settings);
        }

        return application;
    }

    /// <summary>A client of the chain's node.</summary>
    public static EthereumClient ChainClient(Uri rpc, TimeProvider time)
    {
        HttpClient http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) });
        return new EthereumClient(new JsonRpcClient(http, rpc, new JsonRpcOptions(), time));
    }

    private static void AddLog(ILoggingBuilder logging, string? file)
    {
        logging.ClearProviders();
        if (file is null)
        {
            logging.SetMinimumLevel(LogLevel.Warning).AddSimpleConsole(format => format.SingleLine = true);
            return;
        }

        Serilog.ILogger log = new LoggerConfiguration()
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("Hangfire", LogEventLevel.Warning)
            .MinimumLevel.Override("System", LogEventLevel.Warning)
            .WriteTo.File(
                file,
                formatProvider: CultureInfo.InvariantCulture,
                fileSizeLimitBytes: LogBytesMax,
                rollOnFileSizeLimit: true,
                retainedFileCountLimit: LogFilesMax)
            .CreateLogger();
        logging.AddSerilog(log, dispose: true);
    }

    private static void AddRoles(WebApplicationBuilder builder, NetworkSettings settings)
    {
        if (settings.Roles.Contains(Role.Web))
        {
            WebRole.Add(builder, settings);
        }

        if (settings.Roles.Contains(Role.Indexer))
        {
            builder.Services.AddHostedService<IndexerRole>();
        }

        if (settings.Roles.Contains(Role.Jobs) || settings.Roles.Contains(Role.Verifier))
        {
            JobsRole.Add(builder, settings);
        }
    }
}
