using System.Numerics;
using Gplusck.Chain;
using Gplusck.Chain.Bindings;
using Gplusck.Chain.Primitives;
using Gplusck.Testing;
using Gplusck.Tokenomics.Rules;
using Npgsql;

namespace Gplusck.Tokenomics.Tests.Jobs;

/// <summary>Histories written by hand into the indexer's tables; schedule and budget come from the deployed
/// contracts.</summary>
public sealed class EpochJobTests(PostgresFixture postgres, DeployedChain chain)
{
    private const long FirstBlock = 1_000_000;
    private const int MintedWei = 1_001;
    private static readonly Address[] Operators =
        [.. Enumerable.Range(1, 4).Select(last => Address.FromBytes([.. new byte[19], (byte)last]))];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_budget_is_shared_by_correct_work_and_clean_electricity_to_the_wei()
    {
        await using ChainTables tables = await HistoryAsync();
        JobSet jobs = new(tables, chain);
        await jobs.Close.RunAsync(Token);

        // Epoch 0: solar 2 cells and wind 1 cell correct of 1,024 each; coal's work and the cell of wind
        // that nobody ordered count nothing. Every batch burned 1,000 wei, so no node gets more than 900 for one.
        BigInteger solar = 2 * 1_024 * 952_000, wind = 1_024 * 989_000;
        IReadOnlyList<BigInteger> parts = LargestRemainder.Split(MintedWei, [solar, wind]);
        Assert.Equal(
            [(Operators[0], parts[0], parts[0]), (Operators[2], parts[1], parts[1])], await LeavesAsync(tables, 0));

        // Epoch 1 had work on coal alone, so what it minted stays. Epoch 2 could give it to its one batch on solar, but
        // for what that batch burned. What was earned before stays in the leaf.
        Assert.Empty(await LeavesAsync(tables, 1));
        Assert.Equal(
            [(Operators[0], 900, 900 + parts[0]), (Operators[2], 0, parts[1])],
            await LeavesAsync(tables, 2));
        Assert.Equal(
            [MintedWei, 0, 900],
            await tables.QueryAsync<BigInteger>("SELECT budget FROM rewards.epoch ORDER BY epoch", null, Token));
    }

    [Fact]
    public async Task Closing_again_changes_nothing_and_a_later_epoch_waits_for_its_turn()
    {
        await using ChainTables tables = await HistoryAsync();
        JobSet jobs = new(tables, chain);
        await Assert.ThrowsAsync<RetryableException>(() => jobs.Close.RunAsync(1, Token));
        await jobs.Close.RunAsync(0, Token);
        await jobs.Close.RunAsync(Token);
        string rows = await RowsAsync(tables);

        await jobs.Close.RunAsync(0, Token);
        await jobs.Close.RunAsync(Token);

        Assert.Equal(rows, await RowsAsync(tables));
    }

    [Fact]
    public async Task A_job_stopped_half_way_leaves_nothing_and_the_next_run_does_it_all()
    {
        await using ChainTables tables = await HistoryAsync();
        JobSet jobs = new(tables, chain);
        await tables.ExecuteAsync(
            """
            DELETE FROM gplusck.emission_epoch_minted WHERE epoch = 2;
            CREATE FUNCTION stop() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''stopped''; END';
            CREATE TRIGGER stop AFTER INSERT ON rewards.leaf FOR EACH ROW EXECUTE FUNCTION stop()
            """,
            null, Token);
        await Assert.ThrowsAsync<PostgresException>(() => jobs.Close.RunAsync(Token));
        Assert.Equal([0L], await tables.QueryAsync<long>(
            "SELECT (SELECT count(*) FROM rewards.epoch) + (SELECT count(*) FROM rewards.leaf)", null, Token));

        await tables.ExecuteAsync("DROP TRIGGER stop ON rewards.leaf", null, Token);
        await jobs.Close.RunAsync(Token);

        Assert.Equal([2L], await tables.QueryAsync<long>("SELECT count(*) FROM rewards.epoch", null, Token));
        Assert.NotNull(await jobs.Outbox.StatusAsync("mint-epoch:2", Token));
    }

    [Fact]
    public async Task An_epoch_waits_for_batches_that_no_verifier_has_judged_yet()
    {
        await using ChainTables tables = await HistoryAsync();
        JobSet jobs = new(tables, chain);
        await tables.ExecuteAsync("DELETE FROM verify.batch WHERE batch_id = 4", null, Token);
        await jobs.Close.RunAsync(Token);
        Assert.Equal([0L], await tables.QueryAsync<long>("SELECT max(epoch) FROM rewards.epoch", null, Token));

        await VerifiedBatches.AddAsync(tables, 4, ["unassigned"], 8, 8, 16, Token);
        await jobs.Close.RunAsync(Token);
        Assert.Equal([2L], await tables.QueryAsync<long>("SELECT max(epoch) FROM rewards.epoch", null, Token));
    }

    [Fact]
    public async Task An_ended_epoch_is_minted_first_and_closed_from_what_was_minted()
    {
        await using ChainTables tables = await HistoryAsync();
        JobSet jobs = new(tables, chain);
        await tables.ExecuteAsync("DELETE FROM gplusck.emission_epoch_minted", null, Token);
        await jobs.Close.RunAsync(Token);
        await jobs.Close.RunAsync(Token);
        Assert.Equal([0L], await tables.QueryAsync<long>("SELECT count(*) FROM rewards.epoch", null, Token));
        Assert.Equal(
            ["mint-epoch:0"], await tables.QueryAsync<string>("SELECT key FROM outbox.transaction", null, Token));

        await MintedAsync(new EventRows(tables), 0, 7);
        await jobs.Close.RunAsync(Token);

        Assert.Equal([7L], await tables.QueryAsync<long>("SELECT total FROM rewards.epoch", null, Token));
        Assert.NotNull(await jobs.Outbox.StatusAsync("mint-epoch:1", Token));
    }

    [Fact]
    public async Task Roots_are_attested_one_at_a_time_by_every_recomputer_and_nobody_else()
    {
        await using ChainTables tables = await HistoryAsync();
        JobSet jobs = new(tables, chain);
        EventRows rows = new(tables);
        await jobs.Close.RunAsync(Token);
        await jobs.Attest.RunAsync(Token);
        await jobs.Attest.RunAsync(Token);
        Assert.Equal(JobSet.Attestations(0), await LeftAsync(tables));

        await rows.AddAsync(
            "green_rewards_root_proposed",
            new { epoch = 0, root = new byte[32], inputs_hash = new byte[32], total = 1, activates_at = 1 }, Token);
        await jobs.Attest.RunAsync(Token);
        Assert.Equal([.. JobSet.Attestations(0), .. JobSet.Attestations(2)], await LeftAsync(tables));
    }

    [Fact]
    public async Task A_root_that_comes_out_differently_is_attested_by_nobody()
    {
        await using ChainTables tables = await HistoryAsync();
        JobSet jobs = new(tables, chain);
        await jobs.Close.RunAsync(Token);
        await tables.ExecuteAsync(
            "UPDATE rewards.epoch SET root = sha256(root) WHERE root IS NOT NULL", null, Token);

        await jobs.Attest.RunAsync(Token);

        Assert.Empty(await LeftAsync(tables));
    }

    private static Task<IReadOnlyList<string>> LeftAsync(ChainTables tables) => tables.QueryAsync<string>(
        "SELECT key FROM outbox.transaction WHERE key LIKE 'attest-root:%' ORDER BY sequence", null, Token);

    [Fact]
    public async Task Only_batches_past_their_window_and_without_a_known_fault_are_settled()
    {
        await using ChainTables tables = await ChainTables.CreateAsync(postgres, chain.Url, null, Token);
        JobSet jobs = new(tables, chain);
        EventRows rows = new(tables);
        await rows.BlockAsync(FirstBlock, 2_000_000_000, Token);
        for (int batch = 1; batch <= 6; batch++)
        {
            await CommitAsync(rows, batch, 1, cells: 1, endsAt: batch == 6 ? 2_000_000_031 : 2_000_000_030);
        }

        await rows.BlockAsync(FirstBlock + 1, 2_000_000_030, Token);
        await rows.AddAsync("compute_market_batch_voided", new { batch_id = 2, job_id = 1, node_id = 1 }, Token);
        await SettleAsync(rows, 3, 1);
        await VerifiedBatches.AddAsync(tables, 4, ["wrong"], 8, 8, 16, Token);
        await VerifiedBatches.AddAsync(tables, 5, ["correct"], 8, 8, 16, Token);
        await jobs.Settle.RunAsync(Token);

        Assert.Equal(
            ["settle:1", "settle:5"],
            await tables.QueryAsync<string>("SELECT key FROM outbox.transaction ORDER BY key", null, Token));
    }

    private async Task<ChainTables> HistoryAsync()
    {
        ChainTables tables = await ChainTables.CreateAsync(postgres, chain.Url, null, Token);
        EmissionSchedule schedule = await ScheduleAsync();
        EventRows rows = new(tables);
        await tables.ExecuteAsync("DELETE FROM gplusck.block", null, Token);
        await rows.BlockAsync(FirstBlock, schedule.Genesis, Token);
        await FactorsAsync(rows, 1, solar: 48);
        EnergySource[] sources = [EnergySource.Solar, EnergySource.Coal, EnergySource.Wind, EnergySource.Hydro];
        for (int node = 1; node <= sources.Length; node++)
        {
            await RegisterAsync(rows, node, sources[node - 1]);
        }

        await WorkAsync(rows, tables, batch: 1, node: 1, schedule.StartOf(0), ["correct", "correct"]);
        await WorkAsync(rows, tables, batch: 2, node: 2, schedule.StartOf(0) + 1, ["correct", "correct", "correct"]);
        await WorkAsync(rows, tables, batch: 3, node: 3, schedule.StartOf(1) - 1, ["correct", "unassigned"]);
        await WorkAsync(rows, tables, batch: 4, node: 2, schedule.StartOf(1), ["correct"]);
        await WorkAsync(rows, tables, batch: 5, node: 1, schedule.StartOf(2), ["correct"]);
        await FactorsAsync(rows, 2, solar: 900);
        await rows.BlockAsync(FirstBlock + 40, schedule.StartOf(3) + 50, Token);
        for (int epoch = 0; epoch < 3; epoch++)
        {
            await MintedAsync(rows, epoch, MintedWei);
        }

        return tables;
    }

    private static async Task WorkAsync(
        EventRows rows, ChainTables tables, long batch, long node, long timestamp, string[] outcomes)
    {
        await rows.BlockAsync(FirstBlock + batch, timestamp, Token);
        await CommitAsync(rows, batch, node, outcomes.Length, timestamp);
        await SettleAsync(rows, batch, node);
        await VerifiedBatches.AddAsync(tables, batch, outcomes, 8, 8, 16, Token);
    }

    private static Task CommitAsync(EventRows rows, long batch, long node, long cells, long endsAt) => rows.AddAsync(
        "compute_market_batch_committed",
        new
        {
            batch_id = batch, job_id = 1, node_id = node, cells_root = new byte[32], cells, energy_wh = 1,
            hour = 1, tier = 0,
            challenge_ends_at = endsAt,
        },
        Token);

    private static Task SettleAsync(EventRows rows, long batch, long node) => rows.AddAsync(
        "compute_market_batch_settled",
        new { batch_id = batch, job_id = 1, node_id = node, fee = 1_003, burned = 1_000, operator_fee = 1,
        stakers_fee = 1, treasury_fee = 1 },
        Token);

    private static Task MintedAsync(EventRows rows, int epoch, int amount) =>
        rows.AddAsync("emission_epoch_minted", new { epoch, amount, budget = amount, burned = 2 * amount }, Token);

    private static Task RegisterAsync(EventRows rows, int node, EnergySource source) => rows.AddAsync(
        "node_registry_node_registered",
        new
        {
            node_id = node, @operator = Operators[node - 1], source = (long)source, zone = 276,
            jurisdiction = "DE"u8.ToArray(),
            nameplate_watts = 1, commission_bps = 0, endpoint = "",
        },
        Token);

    private static Task FactorsAsync(EventRows rows, int version, int solar) => rows.AddAsync(
        "emission_factors_factor_set_added",
        new
        {
            version, source = "test",
            grams_per_kwh = new JsonParameter(
                $"""["0","{solar}","11","24","12","38","230","490","720","820","1000","481"]"""),
        },
        Token);

    private Task<EmissionSchedule> ScheduleAsync() =>
        new Tokenomics.Jobs.EpochClock(chain.Client, chain.Contracts).ScheduleAsync(Token);

    private static async Task<IEnumerable<(Address Account, BigInteger Earned, BigInteger Cumulative)>> LeavesAsync(
        ChainTables tables, long epoch) =>
        (await tables.QueryAsync<(byte[] Account, BigInteger Earned, BigInteger Cumulative)>(
            "SELECT account, earned, cumulative FROM rewards.leaf WHERE epoch = @epoch ORDER BY account",
            new { epoch }, Token))
        .Select(row => (Address.FromBytes(row.Account), row.Earned, row.Cumulative));

    private static async Task<string> RowsAsync(ChainTables tables) => Assert.Single(await tables.QueryAsync<string>(
        """
        SELECT coalesce((SELECT string_agg(e::text, ' ' ORDER BY epoch) FROM rewards.epoch e), '')
            || coalesce((SELECT string_agg(l::text, ' ' ORDER BY epoch, account) FROM rewards.leaf l), '')
            || coalesce((SELECT string_agg(t::text, ' ' ORDER BY key) FROM outbox.transaction t), '')
        """,
        null, Token));
}
