using System.Numerics;
using System.Text.Json;
using Gplusck.Chain.Primitives;
using Gplusck.Host.Endpoints.Answers;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Gplusck.Host.Endpoints;

/// <summary>Green rewards: roots, what they were computed from, and what an account can claim.</summary>
internal static class RewardEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/rewards", ListAsync).WithTags("rewards").WithSummary("Epochs with a root on chain, newest first")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        api.MapGet("/rewards/epochs/{epoch}", EpochAsync).WithTags("rewards")
            .WithSummary("The inputs and the leaves of one closed epoch: enough to compute its root again")
            .ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/rewards/{account}", AccountAsync).WithTags("rewards")
            .WithSummary("What an account can claim now, with the proof the contract asks for")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    public static async Task<Ok<RewardsAnswer>> ListAsync(
        int? limit, NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        const string Epochs = """
            SELECT p.epoch::bigint AS epoch, p.root, p.inputs_hash, p.total AS total_wei,
                coalesce(e.budget, 0) AS budget_wei,
                coalesce(e.leaves, 0)::bigint AS accounts, p.activates_at::bigint AS activates_at,
                coalesce(c.claims, 0) AS claims
            FROM gplusck.green_rewards_root_proposed p
            LEFT JOIN rewards.epoch e ON e.epoch = p.epoch AND e.root = p.root
            LEFT JOIN (SELECT epoch, count(*) AS claims FROM gplusck.green_rewards_claimed GROUP BY epoch) c
                ON c.epoch = p.epoch
            ORDER BY p.epoch DESC
            LIMIT @size
            """;
        int size = PageSize.Of(limit);
        await using ChainSnapshot snapshot = await ChainSnapshot.OpenAsync(dataSource, cancellationToken);
        return TypedResults.Ok(new RewardsAnswer(
            snapshot.AsOfBlock, await snapshot.ListAsync<RewardEpochEntry>(Epochs, new { size }, cancellationToken)));
    }

    public static async Task<Results<Ok<RewardEpochAnswer>, ProblemHttpResult>> EpochAsync(
        long epoch, NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        const string Closed = """
            SELECT root, inputs_hash, inputs::text AS inputs, budget AS budget_wei, total AS total_wei, closed_at_block
            FROM rewards.epoch WHERE epoch = @epoch
            """;
        const string Leaves = """
            SELECT account, earned AS earned_wei, cumulative AS cumulative_wei
            FROM rewards.leaf WHERE epoch = @epoch ORDER BY account
            """;
        await using ChainSnapshot snapshot = await ChainSnapshot.OpenAsync(dataSource, cancellationToken);
        EpochRow? row = await snapshot.FindAsync<EpochRow>(Closed, new { epoch }, cancellationToken);
        return row is null
            ? Problems.NotFound($"Epoch {epoch} has not been closed.")
            : TypedResults.Ok(new RewardEpochAnswer(
                snapshot.AsOfBlock, epoch, row.Root, row.InputsHash, row.BudgetWei, row.TotalWei, row.ClosedAtBlock,
                JsonElement.Parse(row.Inputs),
                await snapshot.ListAsync<RewardLeafEntry>(Leaves, new { epoch }, cancellationToken)));
    }

    public static async Task<Results<Ok<AccountRewardAnswer>, ProblemHttpResult>> AccountAsync(
        Address account, NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        const string Latest = """
            SELECT l.epoch, l.cumulative AS cumulative_wei, l.proof,
                (SELECT coalesce(sum(amount), 0) FROM gplusck.green_rewards_claimed WHERE account = @account)
                    AS claimed_wei
            FROM gplusck.green_rewards_root_proposed p
            JOIN rewards.epoch e ON e.epoch = p.epoch AND e.root = p.root
            JOIN rewards.leaf l ON l.epoch = e.epoch AND l.account = @account
            WHERE p.activates_at <= @now
            ORDER BY p.epoch DESC
            LIMIT 1
            """;
        await using ChainSnapshot snapshot = await ChainSnapshot.OpenAsync(dataSource, cancellationToken);
        LeafRow? leaf = await snapshot.FindAsync<LeafRow>(
            Latest, new { account, now = snapshot.AsOfTimestamp }, cancellationToken);
        return leaf is null
            ? Problems.NotFound($"{account} has earned no green reward in an active root.")
            : TypedResults.Ok(new AccountRewardAnswer(
                snapshot.AsOfBlock, account, leaf.Epoch, leaf.CumulativeWei, leaf.ClaimedWei,
                BigInteger.Max(leaf.CumulativeWei - leaf.ClaimedWei, 0),
                [.. leaf.Proof.Select(node => Hash32.FromBytes(node))]));
    }

    private sealed record EpochRow(
        Hash32? Root, Hash32 InputsHash, string Inputs, BigInteger BudgetWei, BigInteger TotalWei, long ClosedAtBlock);

    // Not positional: Dapper sees an array column as System.Array and finds no constructor for it.
    private sealed record LeafRow
    {
        public long Epoch { get; init; }

        public BigInteger CumulativeWei { get; init; }

        public byte[][] Proof { get; init; } = [];

        public BigInteger ClaimedWei { get; init; }
    }
}
