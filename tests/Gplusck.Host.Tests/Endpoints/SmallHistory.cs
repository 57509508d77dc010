using Gplusck.Chain.Bindings;
using Gplusck.Chain.Primitives;
using Gplusck.Testing;
using Gplusck.Tokenomics.Rules;

namespace Gplusck.Host.Tests.Endpoints;

/// <summary>Two nodes, three batches, one fault, one reward root: small enough to add up by hand.</summary>
internal static class SmallHistory
{
    public static readonly Address Holder = Account(0xa0);
    public static readonly Address Solar = Account(0xa1);
    public static readonly Address Coal = Account(0xa2);
    public static readonly Address Finder = Account(0xa3);
    public static readonly Address Court = Account(0xa4);
    public static readonly Hash32 Root = Keccak.Hash("root"u8);
    public static readonly Hash32 InputsHash = Keccak.Hash("inputs"u8);
    public static readonly CertificateId Certificate =
        new(276, EnergySource.Solar, 481_000, MeasurementTier.Emulated, 1, 1);

    public static async Task WriteAsync(ChainTables tables, CancellationToken cancellationToken)
    {
        EventRows rows = new(tables);
        await StartAsync(rows, cancellationToken);
        await WorkAsync(rows, tables, cancellationToken);
        await FaultAsync(rows, tables, cancellationToken);
        await SettlementAsync(rows, cancellationToken);
        await RewardsAsync(rows, tables, cancellationToken);
    }

    private static Address Account(byte last) => Address.FromBytes([.. new byte[19], last]);

    private static async Task StartAsync(EventRows rows, CancellationToken token)
    {
        await rows.BlockAsync(10, 1_000, token);
        await rows.AddAsync("gpuck_transfer", new { from = new byte[20], to = Holder, value = 1_000_000 }, token);
        string[] grams = ["0", "48", "11", "24", "12", "38", "230", "490", "720", "820", "1000", "481"];
        string factors = System.Text.Json.JsonSerializer.Serialize(grams);
        await rows.AddAsync(
            "emission_factors_factor_set_added",
            new { version = 1, source = "AR5", grams_per_kwh = new JsonParameter(factors) }, token);
        await RegisterAsync(rows, 1, Solar, EnergySource.Solar, token);
        await RegisterAsync(rows, 2, Coal, EnergySource.Coal, token);
        await StakeAsync(rows, 1, Solar, 50_000, token);
        await StakeAsync(rows, 2, Coal, 100_000, token);
        await rows.AddAsync(
            "stake_vault_unbond_requested",
            new { request_id = 1, node_id = 2, account = Coal, assets = 40_000, shares = 1, matures_at = 9_000 },
            token);
        await rows.AddAsync(
            "compute_market_job_posted",
            new
            {
                job_id = 1, requester = Holder, spec_hash = new byte[32], input_root = new byte[32], cells = 10,
                fee_per_cell = 100, deadline = 5_000,
            },
            token);
    }

    private static async Task RegisterAsync(
        EventRows rows, long nodeId, Address account, EnergySource source, CancellationToken token)
    {
        await rows.AddAsync(
            "node_registry_node_registered",
            new
            {
                node_id = nodeId, @operator = account, source = (long)source, zone = 276,
                jurisdiction = "DE"u8.ToArray(),
                nameplate_watts = 700, commission_bps = 500, endpoint = $"http://node{nodeId}",
            },
            token);
        await rows.AddAsync("node_registry_node_status_changed", new { node_id = nodeId, from = 0, to = 1 }, token);
        await rows.AddAsync("node_registry_node_status_changed", new { node_id = nodeId, from = 1, to = 2 }, token);
    }

    private static Task StakeAsync(
        EventRows rows, long nodeId, Address account, long assets, CancellationToken token) =>
        rows.AddAsync("stake_vault_staked", new { node_id = nodeId, account, assets, shares = assets }, token);

    private static async Task WorkAsync(EventRows rows, ChainTables tables, CancellationToken token)
    {
        await rows.BlockAsync(11, 1_010, token);
        await CommitAsync(rows, batch: 1, node: 1, cells: 4, wh: 30, token);
        await CommitAsync(rows, batch: 2, node: 2, cells: 2, wh: 50, token);
        await VerifyAsync(tables, 1, ["correct", "correct", "correct", "correct"], token);
        await VerifyAsync(tables, 2, ["correct", "wrong"], token);
    }

    private static Task CommitAsync(
        EventRows rows, long batch, long node, long cells, long wh, CancellationToken token) =>
        rows.AddAsync(
            "compute_market_batch_committed",
            new
            {
                batch_id = batch, job_id = 1, node_id = node, cells_root = new byte[32], cells,
                energy_wh = wh, hour = 481_000,
                tier = 0, challenge_ends_at = 1_020,
            },
            token);

    private static Task VerifyAsync(ChainTables tables, long batch, string[] outcomes, CancellationToken token) =>
        VerifiedBatches.AddAsync(tables, batch, outcomes, m: 8, n: 4, k: 16, token);

    private static async Task FaultAsync(EventRows rows, ChainTables tables, CancellationToken token)
    {
        await rows.BlockAsync(12, 1_012, token);
        await rows.AddAsync("compute_market_batch_voided", new { batch_id = 2, job_id = 1, node_id = 2 }, token);
        await rows.AddAsync("node_registry_node_status_changed", new { node_id = 2, from = 2, to = 3 }, token);
        await rows.AddAsync("node_registry_node_jailed", new { node_id = 2, until = 1_500 }, token);
        await rows.AddAsync(
            "stake_vault_slashed",
            new
            {
                node_id = 2, fault_id = 1, court = Court, removed = 10_000, removed_active = 6_000, burned = 8_000,
                reward = 2_000, finder = Finder,
            },
            token);
        await rows.AddAsync("gpuck_burned", new { from = Coal, amount = 8_000, reason = new byte[32] }, token);
        await rows.AddAsync(
            "microcell_court_fault_proved",
            new
            {
                fault_id = 1, batch_id = 2, node_id = 2, kind = 0, finder = Finder, cell_index = 5, row = 3, column = 2,
                claimed = -7, actual = 12,
            },
            token);
        await VerifiedBatches.AddFaultAsync(tables, 2, """{"position":1}""", token);
    }

    private static async Task SettlementAsync(EventRows rows, CancellationToken token)
    {
        await rows.BlockAsync(13, 1_025, token);
        await rows.AddAsync("stake_vault_reward_added", new { node_id = 1, assets = 38 }, token);
        await rows.AddAsync("gpuck_burned", new { from = Holder, amount = 160, reason = new byte[32] }, token);
        await rows.AddAsync(
            "compute_market_batch_settled",
            new
            {
                batch_id = 1, job_id = 1, node_id = 1, fee = 400, burned = 160, operator_fee = 162, stakers_fee = 38,
                treasury_fee = 40,
            },
            token);
        await rows.AddAsync(
            "carbon_certificate_certificate_minted",
            new { id = Certificate.Pack(), node_id = 1, batch_id = 1, to = Solar, source = 1, watt_hours = 30 }, token);
        await rows.AddAsync(
            "compute_market_job_progressed",
            new { job_id = 1, step = 1, model_root = new byte[32], loss_micro = 2_300_000 }, token);
    }

    private static async Task RewardsAsync(EventRows rows, ChainTables tables, CancellationToken token)
    {
        await tables.ExecuteAsync(
            """
            INSERT INTO rewards.epoch (epoch, budget, inputs_hash, inputs, root, total, leaves, closed_at_block)
            VALUES (0, 500, @InputsHash, '{"epoch":0}', @Root, 500, 1, 13);
            INSERT INTO rewards.leaf (epoch, account, earned, cumulative, proof)
            VALUES (0, @Solar, 500, 500, ARRAY[@Root])
            """,
            new { InputsHash, Root, Solar },
            token);
        await rows.BlockAsync(14, 1_100, token);
        await rows.AddAsync("gpuck_transfer", new { from = new byte[20], to = Finder, value = 500 }, token);
        await rows.AddAsync(
            "green_rewards_root_proposed",
            new { epoch = 0, root = Root, inputs_hash = InputsHash, total = 500, activates_at = 1_105 }, token);
        await rows.BlockAsync(15, 1_200, token);
        await rows.AddAsync(
            "green_rewards_claimed",
            new { epoch = 0, account = Solar, recipient = Solar, amount = 300, cumulative = 300 }, token);
        await rows.AddAsync(
            "carbon_certificate_retired",
            new
            {
                retirement_id = 1, id = Certificate.Pack(), account = Solar, beneficiary = Holder,
                beneficiary_name = "Holder",
                reason = "training", watt_hours = 10, milligrams = 480,
            },
            token);
        await CommitAsync(rows, batch: 3, node: 1, cells: 3, wh: 5, token);
    }
}
