using Hangfire;

namespace Gplusck.Tokenomics.Jobs;

/// <summary>The jobs of this room that come round by themselves.</summary>
public static class TokenomicsSchedule
{
    private const string EveryFewSeconds = "*/3 * * * * *";
    private const string EveryTenSeconds = "*/10 * * * * *";
    private const string EveryMinute = "0 * * * * *";

    /// <summary>Registers the recurring jobs; registering them again changes nothing.</summary>
    /// <remarks>
    /// The expressions have seconds, so the server's schedule poll must be as short. A run that finds nothing costs one
    /// query.
    /// </remarks>
    public static void Register(IRecurringJobManager jobs)
    {
        jobs.AddOrUpdate<SettleBatchesJob>(
            "settle-batches", job => job.RunAsync(CancellationToken.None), EveryFewSeconds);
        jobs.AddOrUpdate<CloseEpochJob>("close-epochs", job => job.RunAsync(CancellationToken.None), EveryFewSeconds);
        jobs.RemoveIfExists("propose-root");
        jobs.AddOrUpdate<AttestRootJob>("attest-root", job => job.RunAsync(CancellationToken.None), EveryFewSeconds);
        jobs.AddOrUpdate<SnapshotSupplyJob>(
            "snapshot-supply", job => job.RunAsync(CancellationToken.None), EveryTenSeconds);
        jobs.AddOrUpdate<ReconcileJob>("reconcile", job => job.RunAsync(CancellationToken.None), EveryMinute);
    }
}
