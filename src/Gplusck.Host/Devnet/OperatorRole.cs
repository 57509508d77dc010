using Gplusck.Compute.Operator;

namespace Gplusck.Host.Devnet;

/// <summary>One operator of the devnet, run with the host.</summary>
internal sealed class OperatorRole(OperatorAgent agent) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => agent.RunAsync(stoppingToken);
}
