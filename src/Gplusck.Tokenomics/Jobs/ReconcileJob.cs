using System.Data;
using System.Numerics;
using System.Text.Json;
using Gplusck.Chain.Bindings;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Rpc;
using Gplusck.Database;
using Hangfire;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Gplusck.Tokenomics.Jobs;

/// <summary>Compares what the tables say at one block with what the chain answers for that block.</summary>
/// <remarks>
/// Counts events of the newest blocks, table by table, and compares totals and the largest balances. The tables are
/// read in one snapshot; the chain is asked at the same block.
/// </remarks>
public sealed class ReconcileJob(
    NpgsqlDataSource dataSource,
    EthereumClient chain,
    Deployment deployment,
    TokenomicsOptions options,
    TimeProvider time,
    ILogger<ReconcileJob> logger)
{
    /// <summary>Compares at the newest indexed block and keeps the outcome. Does nothing while that block is leaving
    /// the chain.</summary>
    [AutomaticRetry(Attempts = 0)]
    [DisableConcurrentExecution(timeoutInSeconds: 60)]
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction =
            await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        IndexTip tip = await IndexTip.ReadAsync(connection, transaction, cancellationToken);
        BlockHeader? block = await chain.GetBlockAsync(tip.BlockNumber, cancellationToken);
        if (block?.Hash != tip.BlockHash)
        {
            return;
        }

        long from = Math.Max(deployment.Block, tip.BlockNumber - options.ReconcileBlocks + 1);
        List<Figure> figures =
        [
            .. await TotalsAsync(connection, transaction, tip.BlockNumber, cancellationToken),
            .. await BalancesAsync(connection, transaction, tip.BlockNumber, cancellationToken),
            .. await EventCounts.CompareAsync(connection, transaction, chain, deployment, from, tip, cancellationToken),
        ];
        await transaction.RollbackAsync(cancellationToken);
        await KeepAsync(connection, tip, from, figures, cancellationToken);
    }

    private async Task<IReadOnlyList<Figure>> TotalsAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, long block, CancellationToken cancellationToken)
    {
        const string Select = """
            SELECT
                (SELECT coalesce(sum(value), 0) FROM gplusck.gpuck_transfer WHERE "from" = @nobody) AS minted,
                (SELECT coalesce(sum(amount), 0) FROM gplusck.gpuck_burned) AS burned,
                (SELECT coalesce(sum(assets), 0) FROM gplusck.stake_vault_staked)
                    + (SELECT coalesce(sum(assets), 0) FROM gplusck.stake_vault_reward_added)
                    - (SELECT coalesce(sum(assets), 0) FROM gplusck.stake_vault_withdrawn)
                    - (SELECT coalesce(sum(removed), 0) FROM gplusck.stake_vault_slashed)
                    - (SELECT coalesce(sum(burned), 0) FROM gplusck.stake_vault_redelegation_settled) AS staked,
                (SELECT coalesce(sum(amount), 0) FROM gplusck.green_rewards_claimed) AS claimed,
                (SELECT count(*)::numeric FROM gplusck.node_registry_node_registered) AS nodes,
                (SELECT count(*)::numeric FROM gplusck.compute_market_job_posted) AS jobs,
                (SELECT count(*)::numeric FROM gplusck.compute_market_batch_committed) AS batches,
                (SELECT count(*)::numeric FROM gplusck.carbon_certificate_retired) AS retirements
            """;
        Totals tables = await connection.QuerySingleAsync<Totals>(
            Select, new { nobody = new byte[20] }, cancellationToken, transaction);
        Task<BigInteger> AskAsync(Call<BigInteger> call) => chain.CallAsync(call, block, cancellationToken);
        ulong nodes = await chain.CallAsync(deployment.NodeRegistry.NodeCount(), block, cancellationToken);
        return
        [
            new("wei minted", tables.Minted, await AskAsync(deployment.Gpuck.Minted())),
            new("wei burned", tables.Burned, await AskAsync(deployment.Gpuck.Burned())),
            new("wei of supply", tables.Minted - tables.Burned, await AskAsync(deployment.Gpuck.TotalSupply())),
            new("wei staked", tables.Staked, await StakedAsync(nodes, block, cancellationToken)),
            new("wei of rewards claimed", tables.Claimed, await AskAsync(deployment.GreenRewards.TotalClaimed())),
            new("nodes", tables.Nodes, nodes),
            new("jobs", tables.Jobs, await AskAsync(deployment.ComputeMarket.JobCount())),
            new("batches", tables.Batches, await AskAsync(deployment.ComputeMarket.BatchCount())),
            new("retirements", tables.Retirements, await AskAsync(deployment.CarbonCertificate.RetirementCount())),
        ];
    }

    private async Task<BigInteger> StakedAsync(ulong nodes, long block, CancellationToken cancellationToken)
    {
        BigInteger staked = BigInteger.Zero;
        for (ulong node = 1; node <= nodes; node++)
        {
            staked += await chain.CallAsync(deployment.StakeVault.StakeBehind(node), block, cancellationToken);
        }

        return staked;
    }

    private async Task<IReadOnlyList<Figure>> BalancesAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, long block, CancellationToken cancellationToken)
    {
        const string Largest = """
            SELECT account, balance AS wei FROM gplusck.gpuck_balance
            WHERE account <> @nobody ORDER BY balance DESC, account LIMIT @most
            """;
        List<Figure> figures = [];
        foreach (Balance row in await connection.QueryAsync<Balance>(
            Largest, new { nobody = new byte[20], most = options.ReconcileBalances }, cancellationToken, transaction))
        {
            BigInteger onChain =
                await chain.CallAsync(deployment.Gpuck.BalanceOf(row.Account), block, cancellationToken);
            figures.Add(new Figure($"wei held by {row.Account}", row.Wei, onChain));
        }

        return figures;
    }

    private async Task KeepAsync(
        NpgsqlConnection connection, IndexTip tip, long from, List<Figure> figures, CancellationToken cancellationToken)
    {
        const string Upsert = """
            INSERT INTO supply.reconciliation (block_number, block_hash, from_block, checks, differences, checked_at)
            VALUES (@BlockNumber, @BlockHash, @from, @checks, @json::jsonb, @now)
            ON CONFLICT (block_number) DO UPDATE
            SET block_hash = excluded.block_hash, from_block = excluded.from_block, checks = excluded.checks,
                differences = excluded.differences, checked_at = excluded.checked_at
            """;
        string[] differences =
            [.. figures.Where(figure => figure.Tables != figure.Chain).Select(figure => $"{figure}")];
        await connection.ExecuteAsync(
            Upsert,
            new
            {
                tip.BlockNumber, tip.BlockHash, from, checks = figures.Count,
                json = JsonSerializer.Serialize(differences),
                now = time.GetUtcNow(),
            },
            cancellationToken);
        foreach (string difference in differences)
        {
            Log.Differs(logger, tip.BlockNumber, difference);
        }

        if (differences.Length == 0)
        {
            Log.Agrees(logger, tip.BlockNumber, figures.Count);
        }
    }

    private sealed record Totals(
        BigInteger Minted, BigInteger Burned, BigInteger Staked, BigInteger Claimed, BigInteger Nodes, BigInteger Jobs,
        BigInteger Batches, BigInteger Retirements);

    private sealed record Balance(Address Account, BigInteger Wei);
}
