using System.Numerics;
using Gplusck.Chain.Bindings;
using Gplusck.Chain.Primitives;
using Gplusck.Host.Endpoints.Answers;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Gplusck.Host.Endpoints;

/// <summary>Nodes: who works, on which electricity, at what stake, and how it went.</summary>
internal static class NodeEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/nodes", ListAsync).WithTags("nodes").WithSummary("Every node, in order of registration");
        api.MapGet("/nodes/{id}", GetAsync).WithTags("nodes").WithSummary("One node")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    public static async Task<Ok<NodesAnswer>> ListAsync(
        NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        await using ChainSnapshot snapshot = await ChainSnapshot.OpenAsync(dataSource, cancellationToken);
        return TypedResults.Ok(
            new NodesAnswer(snapshot.AsOfBlock, await NodesAsync(snapshot, null, cancellationToken)));
    }

    public static async Task<Results<Ok<NodeAnswer>, ProblemHttpResult>> GetAsync(
        long id, NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        await using ChainSnapshot snapshot = await ChainSnapshot.OpenAsync(dataSource, cancellationToken);
        IReadOnlyList<NodeEntry> nodes = await NodesAsync(snapshot, id, cancellationToken);
        return nodes.Count == 1
            ? TypedResults.Ok(new NodeAnswer(snapshot.AsOfBlock, nodes[0]))
            : Problems.NotFound($"There is no node {id}.");
    }

    private static async Task<IReadOnlyList<NodeEntry>> NodesAsync(
        ChainSnapshot snapshot, long? id, CancellationToken cancellationToken)
    {
        const string Nodes = """
            SELECT r.node_id, r.operator, r.source, r.zone, encode(r.jurisdiction, 'escape') AS jurisdiction,
                r.nameplate_watts, coalesce(a.bps, r.commission_bps) AS commission_bps,
                coalesce(e.endpoint, r.endpoint) AS endpoint,
                coalesce(s.status, 1) AS status, coalesce(j.until, 0) AS jailed_until,
                coalesce(c.cells, 0)::bigint AS cells_committed, coalesce(v.cells, 0)::bigint AS cells_verified,
                coalesce(t.cells, 0)::bigint AS cells_settled, coalesce(t.wh, 0)::bigint AS energy_wh,
                coalesce(t.fees, 0) AS earned_wei, coalesce(f.faults, 0) AS faults,
                coalesce(x.removed, 0) AS slashed_wei
            FROM gplusck.node_registry_node_registered r
            LEFT JOIN (
                SELECT DISTINCT ON (node_id) node_id, "to" AS status FROM gplusck.node_registry_node_status_changed
                ORDER BY node_id, block_number DESC, log_index DESC) s USING (node_id)
            LEFT JOIN (
                SELECT DISTINCT ON (node_id) node_id, until FROM gplusck.node_registry_node_jailed
                ORDER BY node_id, block_number DESC, log_index DESC) j USING (node_id)
            LEFT JOIN (
                SELECT DISTINCT ON (node_id) node_id, endpoint FROM gplusck.node_registry_endpoint_changed
                ORDER BY node_id, block_number DESC, log_index DESC) e USING (node_id)
            LEFT JOIN LATERAL (
                SELECT bps FROM gplusck.node_registry_commission_announced
                WHERE node_id = r.node_id AND effective_at <= (SELECT max(timestamp) FROM gplusck.block)
                ORDER BY block_number DESC, log_index DESC LIMIT 1) a ON true
            LEFT JOIN (
                SELECT node_id, sum(cells) AS cells
                FROM gplusck.compute_market_batch_committed GROUP BY node_id) c USING (node_id)
            LEFT JOIN (
                SELECT node_id, sum(cells) AS cells FROM verify.batch
                WHERE state IN ('verified', 'faulty') GROUP BY node_id) v USING (node_id)
            LEFT JOIN (
                SELECT b.node_id, sum(b.cells) AS cells, sum(b.energy_wh) AS wh, sum(p.operator_fee) AS fees
                FROM gplusck.compute_market_batch_settled p
                JOIN gplusck.compute_market_batch_committed b USING (batch_id)
                GROUP BY b.node_id) t USING (node_id)
            LEFT JOIN (
                SELECT node_id, count(*) AS faults FROM gplusck.microcell_court_fault_proved
                GROUP BY node_id) f USING (node_id)
            LEFT JOIN (
                SELECT node_id, sum(removed) AS removed FROM gplusck.stake_vault_slashed
                GROUP BY node_id) x USING (node_id)
            WHERE @id::bigint IS NULL OR r.node_id = @id
            ORDER BY r.node_id
            """;
        IReadOnlyList<NodeRow> rows = await snapshot.ListAsync<NodeRow>(Nodes, new { id }, cancellationToken);
        Dictionary<long, StakeRow> stakes = await StakesAsync(snapshot, id, cancellationToken);
        return
        [
            .. rows.Select(row => new NodeEntry(
                row.NodeId, row.Operator, Names.Of((NodeStatus)row.Status), Names.Of((EnergySource)row.Source),
                row.Zone, row.Jurisdiction, row.NameplateWatts, row.CommissionBps, row.Endpoint,
                stakes.GetValueOrDefault(row.NodeId)?.Active ?? 0, stakes.GetValueOrDefault(row.NodeId)?.Unbonding ?? 0,
                row.CellsCommitted, row.CellsVerified, row.CellsSettled, row.Faults, row.SlashedWei, row.EnergyWh,
                row.EarnedWei, row.JailedUntil)),
        ];
    }

    // Every event says what it moved, so the pools are sums.
    private static async Task<Dictionary<long, StakeRow>> StakesAsync(
        ChainSnapshot snapshot, long? id, CancellationToken cancellationToken)
    {
        const string Stakes = """
            WITH movement AS (
                SELECT node_id, assets AS active, 0 AS unbonding FROM gplusck.stake_vault_staked
                UNION ALL SELECT node_id, assets, 0 FROM gplusck.stake_vault_reward_added
                UNION ALL SELECT node_id, -assets, assets FROM gplusck.stake_vault_unbond_requested
                UNION ALL SELECT node_id, assets, -assets FROM gplusck.stake_vault_unbond_cancelled
                UNION ALL SELECT node_id, 0, -assets FROM gplusck.stake_vault_withdrawn
                UNION ALL SELECT from_node, -assets, 0 FROM gplusck.stake_vault_redelegated
                UNION ALL SELECT to_node, assets, 0 FROM gplusck.stake_vault_redelegated
                UNION ALL SELECT r.to_node, -s.burned, 0 FROM gplusck.stake_vault_redelegation_settled s
                    JOIN gplusck.stake_vault_redelegated r USING (redelegation_id)
                UNION ALL SELECT node_id, -removed_active, removed_active - removed FROM gplusck.stake_vault_slashed
            )
            SELECT node_id, sum(active) AS active, sum(unbonding) AS unbonding
            FROM movement
            WHERE @id::bigint IS NULL OR node_id = @id
            GROUP BY node_id
            """;
        IReadOnlyList<StakeRow> rows = await snapshot.ListAsync<StakeRow>(Stakes, new { id }, cancellationToken);
        return rows.ToDictionary(row => row.NodeId);
    }

    private sealed record NodeRow(
        long NodeId, Address Operator, long Source, long Zone, string Jurisdiction, long NameplateWatts,
        long CommissionBps, string Endpoint, long Status, BigInteger JailedUntil, long CellsCommitted,
        long CellsVerified, long CellsSettled, long EnergyWh, BigInteger EarnedWei, long Faults, BigInteger SlashedWei);

    private sealed record StakeRow(long NodeId, BigInteger Active, BigInteger Unbonding);
}
