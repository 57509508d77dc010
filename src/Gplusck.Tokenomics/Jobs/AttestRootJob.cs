using System.Data;
using System.Numerics;
using Gplusck.Chain.Bindings;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Rpc;
using Gplusck.Database;
using Gplusck.Outbox;
using Gplusck.Tokenomics.Rules;
using Hangfire;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Gplusck.Tokenomics.Jobs;

/// <summary>Attests the next reward root for every recomputer whose key this network holds.</summary>
/// <remarks>
/// The contract takes roots in ascending order and only what is funded, so one root is under way at a time: the lowest
/// that is not on chain. The rewards are computed again before anything is signed, and a root that came out differently
/// is attested by nobody. Left to the outbox once for each recomputer, under <c>attest-root:{n}:{account}</c>.
/// </remarks>
public sealed class AttestRootJob(
    NpgsqlDataSource dataSource,
    EthereumClient chain,
    Deployment deployment,
    EpochClock clock,
    TransactionOutbox outbox,
    TokenomicsOptions options,
    ILogger<AttestRootJob> logger)
{
    // The attestation that completes the quorum proposes the root and costs more than the node estimates for one that
    // does not; which of two in one block it will be, nobody knows before.
    private const long GasFloor = 400_000;

    /// <summary>Leaves the attestations of the next root to the outbox.</summary>
    [AutomaticRetry(Attempts = 0)]
    [DisableConcurrentExecution(timeoutInSeconds: 30)]
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        EmissionSchedule schedule = await clock.ScheduleAsync(cancellationToken);
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction =
            await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        if (await NextAsync(connection, transaction, cancellationToken) is not NextRoot next)
        {
            return;
        }

        EpochReckoning again = await EpochReckoning.ReadAsync(
            connection, transaction, deployment, schedule, next.Epoch, cancellationToken);
        if (again.Rewards.Root != next.Root || again.Inputs.Hash() != next.InputsHash)
        {
            Log.RootNotReproduced(logger, next.Epoch, next.Root, $"{again.Rewards.Root}");
            return;
        }

        foreach (Address recomputer in options.Recomputers)
        {
            Call<bool> known = deployment.GreenRewards.IsRecomputer(recomputer);
            if (await chain.CallAsync(known, BlockTag.Latest, cancellationToken))
            {
                await AttestAsync(connection, transaction, recomputer, next, cancellationToken);
            }
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private static Task<NextRoot?> NextAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        const string Next = """
            SELECT e.epoch, e.root, e.inputs_hash, e.total
            FROM rewards.epoch e
            WHERE e.root IS NOT NULL
                AND NOT EXISTS (SELECT FROM gplusck.green_rewards_root_proposed p WHERE p.epoch = e.epoch)
            ORDER BY e.epoch
            LIMIT 1
            """;
        return connection.QuerySingleOrDefaultAsync<NextRoot>(Next, null, cancellationToken, transaction);
    }

    private async Task AttestAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, Address recomputer, NextRoot next,
        CancellationToken cancellationToken)
    {
        Call<Unit> call = deployment.GreenRewards.AttestRoot(next.Epoch, next.Root, next.InputsHash, next.Total);
        string key = $"attest-root:{next.Epoch}:{recomputer}";
        if (await outbox.EnqueueAsync(
            connection, transaction, key, recomputer, call, cancellationToken, gasFloor: GasFloor))
        {
            Log.RootLeft(logger, next.Epoch, next.Root, recomputer);
        }
    }

    private sealed record NextRoot(long Epoch, Hash32 Root, Hash32 InputsHash, BigInteger Total);
}
