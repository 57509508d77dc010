using Gplusck.Chain.Rpc;
using Gplusck.Chain.Signing;
using Gplusck.Outbox;
using Gplusck.Tokenomics;
using Gplusck.Tokenomics.Jobs;
using Hangfire;
using Hangfire.PostgreSql;
using Npgsql;

namespace Gplusck.Host.Roles;

/// <summary>The background jobs: Hangfire on the shared Postgres, and the sender of what they decide.</summary>
internal static class JobsRole
{
    private const string Schema = "hangfire";
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);

    public static void Add(WebApplicationBuilder builder, NetworkSettings settings)
    {
        builder.Services.AddHangfire(configuration => configuration
            .UseSimpleAssemblyNameTypeSerializer()
            .UseRecommendedSerializerSettings()
            .UsePostgreSqlStorage(
                storage => storage.UseNpgsqlConnection(settings.ConnectionString),
                new PostgreSqlStorageOptions { SchemaName = Schema, QueuePollInterval = PollInterval }));
        builder.Services.AddHangfireServer(server =>
        {
            server.Queues = [.. RecurringJobs.QueuesOf(settings.Roles)];
            server.WorkerCount = Environment.ProcessorCount;
            server.SchedulePollingInterval = PollInterval;
            server.HeartbeatInterval = TimeSpan.FromSeconds(5);
            server.ServerTimeout = TimeSpan.FromSeconds(30);
        });
        AddTokenomics(builder.Services, settings);
        if (settings.VerifierKey is PrivateKey finder)
        {
            VerifierRole.Add(builder.Services, finder);
        }

        builder.Services.AddHostedService<RecurringJobs>();
        builder.Services.AddHostedService(services => new OutboxSender(
            services.GetRequiredService<NpgsqlDataSource>(),
            services.GetRequiredService<EthereumClient>(),
            settings.Keys,
            new OutboxOptions(),
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<OutboxSender>>()));
    }

    private static void AddTokenomics(IServiceCollection services, NetworkSettings settings)
    {
        if (settings.JobsKey is PrivateKey key)
        {
            services.AddSingleton(new TokenomicsOptions
            {
                Account = key.Address,
                Recomputers = [.. settings.Keys.Keys],
                CloseMarginSeconds = settings.EpochCloseMarginSeconds,
            });
            services.AddSingleton<EpochClock>();
        }
    }
}
