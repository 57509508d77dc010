using Gplusck.Chain.Signing;
using Gplusck.GpuVerify.Cells;
using Gplusck.GpuVerify.Disputes;
using Gplusck.GpuVerify.Gpu;
using Gplusck.GpuVerify.Screening;
using Gplusck.GpuVerify.Simd;
using Hangfire;

namespace Gplusck.Host.Roles;

/// <summary>Screens committed batches on every backend this machine has, and disputes what is wrong.</summary>
internal static class VerifierRole
{
    private const string EveryTwoSeconds = "*/2 * * * * *";

    public static void Add(IServiceCollection services, PrivateKey finder)
    {
        services
            .AddSingleton(new VerifierOptions { Finder = finder.Address })
            .AddSingleton<IChallengeSource, CryptographicChallenge>()
            .AddSingleton<ICellSource, HttpCellSource>()
            .AddSingleton<IReadOnlyList<IGemmBackend>>(_ => Backends());
    }

    public static void Register(IRecurringJobManager jobs)
    {
        jobs.AddOrUpdate<FindBatchesJob>("find-batches", job => job.RunAsync(CancellationToken.None), EveryTwoSeconds);
        jobs.AddOrUpdate<FollowFaultsJob>(
            "follow-faults", job => job.RunAsync(CancellationToken.None), EveryTwoSeconds);
    }

    private static List<IGemmBackend> Backends()
    {
        List<IGemmBackend> backends = [SimdGemm.Best()];
        if (IlgpuGemm.TryCreate() is IlgpuGemm gpu)
        {
            backends.Insert(0, gpu);
        }

        return backends;
    }
}
