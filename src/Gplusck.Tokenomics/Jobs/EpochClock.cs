using System.Numerics;
using Gplusck.Chain.Bindings;
using Gplusck.Chain.Rpc;
using Gplusck.Tokenomics.Rules;

namespace Gplusck.Tokenomics.Jobs;

/// <summary>The emission schedule as the contract was deployed with it; read once, for it never changes.</summary>
public sealed class EpochClock(EthereumClient chain, Deployment deployment)
{
    private EmissionSchedule? _schedule;

    /// <summary>The schedule.</summary>
    public async Task<EmissionSchedule> ScheduleAsync(CancellationToken cancellationToken)
    {
        Emission emission = deployment.Emission;
        return _schedule ??= new EmissionSchedule(
            (long)await AskAsync(emission.Genesis(), cancellationToken),
            (long)await AskAsync(emission.EpochSeconds(), cancellationToken),
            (long)await AskAsync(emission.EpochsPerStep(), cancellationToken),
            await AskAsync(emission.InitialBudget(), cancellationToken));
    }

    private Task<BigInteger> AskAsync(Call<BigInteger> call, CancellationToken cancellationToken) =>
        chain.CallAsync(call, BlockTag.Latest, cancellationToken);
}
