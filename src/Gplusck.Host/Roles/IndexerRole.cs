using Gplusck.Chain.Rpc;
using Gplusck.Indexer;
using Npgsql;

namespace Gplusck.Host.Roles;

/// <summary>Mirrors our own contracts. One process does it; the others wait and take over when it ends.</summary>
internal sealed class IndexerRole(
    NetworkSettings settings,
    NpgsqlDataSource dataSource,
    EthereumClient chain,
    TimeProvider time,
    ILogger<IndexerRole> logger) : BackgroundService
{
    private static readonly TimeSpan StandBy = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        IndexerOptions options = new() { Verify = settings.Verify };
        IndexManifest manifest = GplusckManifest.For(settings.Deployment);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await new IndexerRun(dataSource, chain, manifest, options, time, logger).RunAsync(stoppingToken);
            }
            catch (SchemaLockedException)
            {
                await Task.Delay(StandBy, time, stoppingToken);
            }
        }
    }
}
