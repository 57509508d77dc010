using System.Numerics;
using System.Text;
using Gplusck.Chain.Bindings;
using Gplusck.Chain.Rpc;
using Gplusck.Compute.Operands;
using Gplusck.Compute.Operator;
using Gplusck.GpuVerify.Cells;
using Gplusck.GpuVerify.Simd;
using Gplusck.Host.Endpoints;
using Gplusck.Host.Endpoints.Answers;
using Gplusck.Host.Roles;
using Npgsql;

namespace Gplusck.Host.Devnet;

/// <summary>
/// What the devnet adds to the roles of any network: four operators and a requester, in the same process.
/// </summary>
internal static class DemoRoles
{
    private const uint EmulatedWatts = 400;
    private const uint EmulatedPicosecondsPerMultiplyAccumulate = 500_000;
    // Far longer than the devnet's challenge window, and short enough for a disk to hold days of it.
    private static readonly TimeSpan Retention = TimeSpan.FromMinutes(30);
    private static readonly BigInteger StakeWei = 50_000 * BigInteger.Pow(10, 18);

    public static void Add(WebApplicationBuilder builder, NetworkSettings settings, DataFolder folder)
    {
        builder.Services.AddSingleton<IGemmBackend>(_ => SimdGemm.Best());
        foreach (DemoOperator demo in DemoOperator.All)
        {
            builder.Services.AddKeyedSingleton(demo.Name, (services, _) => Agent(services, settings, folder, demo));
            builder.Services.AddSingleton<IHostedService>(services => new OperatorRole(Agent(services, demo)));
        }

        builder.Services.AddHostedService(services => new RequesterRole(
            services, settings, Path.Combine(folder.Path, "training")));
    }

    public static void Map(WebApplication application)
    {
        foreach (DemoOperator demo in DemoOperator.All)
        {
            OperatorEndpoints.Map(application, demo.Path, Agent(application.Services, demo));
        }
    }

    /// <summary>Why the network is not ready, or null when it is.</summary>
    public static async Task<string?> WhatIsMissingAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        ReadinessAnswer readiness = await HealthEndpoints.ReadinessAsync(
            services.GetRequiredService<NpgsqlDataSource>(), services.GetRequiredService<ApiContext>(),
            cancellationToken);
        if (!readiness.Ready)
        {
            return readiness.Reason;
        }

        EthereumClient chain = services.GetRequiredService<EthereumClient>();
        NodeRegistry registry = services.GetRequiredService<Deployment>().NodeRegistry;
        foreach (DemoOperator demo in DemoOperator.All)
        {
            ulong node = await chain.CallAsync(registry.NodeOf(demo.Key.Address), BlockTag.Latest, cancellationToken);
            if (node == 0)
            {
                return $"operator {demo.Name} has not registered";
            }
        }

        ComputeMarket market = services.GetRequiredService<Deployment>().ComputeMarket;
        return await chain.CallAsync(market.JobCount(), BlockTag.Latest, cancellationToken) == 0
            ? "the training job has not been posted"
            : null;
    }

    private static OperatorAgent Agent(IServiceProvider services, DemoOperator demo) =>
        services.GetRequiredKeyedService<OperatorAgent>(demo.Name);

    private static OperatorAgent Agent(
        IServiceProvider services, NetworkSettings settings, DataFolder folder, DemoOperator demo)
    {
        TimeProvider time = services.GetRequiredService<TimeProvider>();
        OperatorOptions options = new()
        {
            Profile = new NodeProfile(
                demo.Source,
                demo.Zone,
                Encoding.ASCII.GetBytes(demo.Jurisdiction),
                demo.NameplateWatts,
                DemoOperator.CommissionBps,
                new Uri(settings.Listen, demo.Path).ToString()),
            StakeWei = StakeWei,
            ApiBase = settings.Listen,
            CheatEveryCells = demo.CheatEveryCells,
            Retirement = demo.CheatEveryCells is null ? Retirement() : null,
        };
        return new OperatorAgent(
            services.GetRequiredService<EthereumClient>(),
            demo.Key,
            settings.Deployment,
            new OperandStore(
                Path.Combine(folder.Operands, demo.Name), new OperandStoreOptions { Retention = Retention }, time),
            services.GetRequiredService<IGemmBackend>(),
            new EmulatedMeter(EmulatedWatts, EmulatedPicosecondsPerMultiplyAccumulate),
            services.GetRequiredService<HttpClient>(),
            options,
            time,
            new Random(),
            services.GetRequiredService<ILogger<OperatorAgent>>());
    }

    private static RetirementOptions Retirement() => new()
    {
        Beneficiary = Accounts.Requester.Address,
        BeneficiaryName = "The digits training job",
        Reason = "Electricity of the cells this job paid for",
    };
}
