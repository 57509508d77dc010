using Gplusck.Tokenomics.Jobs;
using Hangfire;

namespace Gplusck.Host.Roles;

/// <summary>The table of recurring jobs: which role registers and works off which.</summary>
internal sealed class RecurringJobs(NetworkSettings settings, IRecurringJobManager jobs) : IHostedService
{
    private const string DecisionQueue = "default";
    private const string ScreeningQueue = "cpu";

    /// <summary>The queues that a process with these roles takes jobs from.</summary>
    public static IEnumerable<string> QueuesOf(IReadOnlySet<Role> roles)
    {
        if (roles.Contains(Role.Jobs))
        {
            yield return DecisionQueue;
        }

        if (roles.Contains(Role.Verifier))
        {
            yield return ScreeningQueue;
        }
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (settings.Roles.Contains(Role.Jobs))
        {
            TokenomicsSchedule.Register(jobs);
        }

        if (settings.Roles.Contains(Role.Verifier))
        {
            VerifierRole.Register(jobs);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
