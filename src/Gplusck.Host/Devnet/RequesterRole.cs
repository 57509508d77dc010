using System.Numerics;
using Gplusck.Chain.Rpc;
using Gplusck.Compute.Jobs;
using Gplusck.Host.Roles;

namespace Gplusck.Host.Devnet;

/// <summary>The devnet's requester: pays four operators to learn handwritten digits.</summary>
internal sealed class RequesterRole(IServiceProvider services, NetworkSettings settings, string checkpointFile)
    : BackgroundService
{
    private const string Digits = "mnist/src/digits";
    private static readonly BigInteger FeePerCellWei = BigInteger.Pow(10, 18);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using TrainingJob job = new(
            services.GetRequiredService<EthereumClient>(),
            Accounts.Requester,
            settings.Deployment,
            services.GetRequiredService<HttpClient>(),
            await DigitSet.LoadAsync(Checkout.NodeModule(Digits), stoppingToken),
            checkpointFile,
            new TrainingOptions(),
            new RequesterOptions { FeePerCellWei = FeePerCellWei },
            services.GetRequiredService<TimeProvider>(),
            new Random(),
            services.GetRequiredService<ILogger<TrainingJob>>());
        await job.RunAsync(stoppingToken);
    }
}
