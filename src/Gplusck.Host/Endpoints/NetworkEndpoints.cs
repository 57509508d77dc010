using Gplusck.Chain.Bindings;
using Gplusck.Host.Endpoints.Answers;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Gplusck.Host.Endpoints;

/// <summary>The figures of the whole network.</summary>
internal static class NetworkEndpoints
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/network", GetAsync)
        .WithTags("network")
        .WithSummary("The network in figures, and the contracts it runs on");

    public static async Task<Ok<NetworkAnswer>> GetAsync(
        NpgsqlDataSource dataSource, ApiContext context, CancellationToken cancellationToken)
    {
        await using ChainSnapshot snapshot = await ChainSnapshot.OpenAsync(dataSource, cancellationToken);
        NetworkFigures figures = await FiguresAsync(snapshot, cancellationToken);
        long head = await context.HeadBlockAsync(cancellationToken);
        return TypedResults.Ok(new NetworkAnswer(
            snapshot.AsOfBlock, snapshot.AsOfBlock, Math.Max(head, snapshot.AsOfBlock), context.ChainId,
            context.Emulated, context.RpcUrl, context.Contracts, figures.CellsCommitted,
            figures.CellsVerified, figures.CellsSettled, figures.FaultsProved, figures.NodesActive,
            figures.NodesSlashed,
            figures.MintedWei, figures.BurnedWei, figures.MintedWei - figures.BurnedWei, figures.StakedWei,
            await CertificatesBySourceAsync(snapshot, cancellationToken), figures.RewardEpochs,
            figures.RewardsClaimed));
    }

    public static Task<NetworkFigures> FiguresAsync(ChainSnapshot snapshot, CancellationToken cancellationToken)
    {
        const string Figures = """
            SELECT
                (SELECT coalesce(sum(cells), 0)::bigint FROM gplusck.compute_market_batch_committed) AS cells_committed,
                (SELECT coalesce(sum(cells), 0)::bigint FROM verify.batch
                    WHERE state IN ('verified', 'faulty')) AS cells_verified,
                (SELECT coalesce(sum(c.cells), 0)::bigint
                    FROM gplusck.compute_market_batch_settled s
                    JOIN gplusck.compute_market_batch_committed c USING (batch_id)) AS cells_settled,
                (SELECT count(*) FROM gplusck.microcell_court_fault_proved) AS faults_proved,
                (SELECT count(*) FROM (
                    SELECT DISTINCT ON (node_id) "to" AS status
                    FROM gplusck.node_registry_node_status_changed
                    ORDER BY node_id, block_number DESC, log_index DESC) latest
                    WHERE status = @active) AS nodes_active,
                (SELECT count(DISTINCT node_id) FROM gplusck.stake_vault_slashed) AS nodes_slashed,
                (SELECT coalesce(sum(value), 0) FROM gplusck.gpuck_transfer WHERE "from" = @nobody) AS minted_wei,
                (SELECT coalesce(sum(amount), 0) FROM gplusck.gpuck_burned) AS burned_wei,
                (SELECT coalesce(sum(assets), 0) FROM gplusck.stake_vault_staked)
                    + (SELECT coalesce(sum(assets), 0) FROM gplusck.stake_vault_reward_added)
                    - (SELECT coalesce(sum(assets), 0) FROM gplusck.stake_vault_withdrawn)
                    - (SELECT coalesce(sum(removed), 0) FROM gplusck.stake_vault_slashed)
                    - (SELECT coalesce(sum(burned), 0) FROM gplusck.stake_vault_redelegation_settled) AS staked_wei,
                (SELECT count(*) FROM gplusck.green_rewards_root_proposed) AS reward_epochs,
                (SELECT count(*) FROM gplusck.green_rewards_claimed) AS rewards_claimed
            """;
        return snapshot.OneAsync<NetworkFigures>(
            Figures, new { active = (long)NodeStatus.Active, nobody = new byte[20] }, cancellationToken);
    }

    private static async Task<IReadOnlyDictionary<string, SourceAnswer>> CertificatesBySourceAsync(
        ChainSnapshot snapshot, CancellationToken cancellationToken)
    {
        const string BySource = """
            SELECT source, count(DISTINCT id) AS count, sum(watt_hours)::bigint AS wh
            FROM gplusck.carbon_certificate_certificate_minted
            GROUP BY source
            ORDER BY source
            """;
        IReadOnlyList<SourceRow> rows = await snapshot.ListAsync<SourceRow>(BySource, null, cancellationToken);
        return rows.ToDictionary(row => Names.Of((EnergySource)row.Source), row => new SourceAnswer(row.Count, row.Wh));
    }

    private sealed record SourceRow(long Source, long Count, long Wh);
}
