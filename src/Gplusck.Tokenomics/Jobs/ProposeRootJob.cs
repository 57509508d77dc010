using System.Numerics;
using Gplusck.Chain.Bindings;
using Gplusck.Chain.Primitives;
using Gplusck.Database;
using Gplusck.Outbox;
using Hangfire;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Gplusck.Tokenomics.Jobs;

/// <summary>Proposes the next reward root.</summary>
/// <remarks>
/// The contract takes roots in ascending order and only what is funded, so one root is under way at a time: the lowest
/// that is not on chain. Left to the outbox once, under <c>reward-root:{n}</c>.
/// </remarks>
public sealed class ProposeRootJob(
    NpgsqlDataSource dataSource,
    Deployment deployment,
    TransactionOutbox outbox,
    TokenomicsOptions options,
    ILogger<ProposeRootJob> logger)
{
    /// <summary>Leaves the next root to the outbox.</summary>
    [AutomaticRetry(Attempts = 0)]
    [DisableConcurrentExecution(timeoutInSeconds: 30)]
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        const string Next = """
            SELECT e.epoch, e.root, e.inputs_hash, e.total
            FROM rewards.epoch e
            WHERE e.root IS NOT NULL
                AND NOT EXISTS (SELECT FROM gplusck.green_rewards_root_proposed p WHERE p.epoch = e.epoch)
            ORDER BY e.epoch
            LIMIT 1
            """;
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        NextRoot? next = await connection.QuerySingleOrDefaultAsync<NextRoot>(Next, null, cancellationToken);
        if (next is null)
        {
            return;
        }

        Call<Unit> call = deployment.GreenRewards.ProposeRoot(next.Epoch, next.Root, next.InputsHash, next.Total);
        if (await outbox.EnqueueAsync(
            connection, null, $"reward-root:{next.Epoch}", options.Account, call, cancellationToken))
        {
            Log.RootLeft(logger, next.Epoch, next.Root);
        }
    }

    private sealed record NextRoot(long Epoch, Hash32 Root, Hash32 InputsHash, BigInteger Total);
}
