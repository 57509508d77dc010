using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using System.Text.Json;
using Gplusck.Chain.Primitives;
using Gplusck.Testing;
using Gplusck.Tokenomics.Jobs;
using Gplusck.Tokenomics.Rules;

namespace Gplusck.Host.Tests.Endpoints;

public sealed class EndpointTests(PostgresFixture postgres, AnvilFixture anvil)
    : IClassFixture<AnvilFixture>, IAsyncLifetime
{
    private ChainTables _tables = null!;
    private ApiServer _api = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _tables = await ChainTables.CreateAsync(postgres, anvil.Url, null, Token);
        await SmallHistory.WriteAsync(_tables, Token);
        _api = await ApiServer.StartAsync(_tables.DataSource, head: 17, Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync();
        await _tables.DisposeAsync();
    }

    [Fact]
    public Task The_network_adds_up() => AnswersAsync("/api/v1/network", $$"""
        {"asOfBlock":15,"indexedBlock":15,"headBlock":17,"chainId":31337,"emulated":true,"rpcUrl":null,
        "contracts":{"Gpuck":"{{SmallHistory.Holder}}","MicrocellCourt":"{{SmallHistory.Court}}"},
        "cellsCommitted":9,"cellsVerified":6,"cellsSettled":4,
        "faultsProved":1,"nodesActive":1,"nodesSlashed":1,"mintedWei":"1000500","burnedWei":"8160",
        "supplyWei":"992340","stakedWei":"140038",
        "certificatesBySource":{"solar":{"count":1,"wh":30} },"rewardEpochs":1,"rewardsClaimed":1}
        """);

    [Fact]
    public Task A_node_shows_its_record_and_what_a_slash_left_in_each_pool() => AnswersAsync("/api/v1/nodes/2", $$"""
        {"asOfBlock":15,"nodeId":2,"operator":"{{SmallHistory.Coal}}","status":"jailed","source":"coal","zone":276,
        "jurisdiction":"DE","nameplateWatts":700,"commissionBps":500,"endpoint":"http://node2","stakeWei":"54000",
        "unbondingWei":"36000","cellsCommitted":2,"cellsVerified":2,"cellsSettled":0,"faults":1,"slashedWei":"10000",
        "energyWh":0,"earnedWei":"0","jailedUntil":"1500"}
        """);

    [Fact]
    public async Task Nodes_are_listed_in_order_with_fees_and_energy_of_settled_work()
    {
        JsonElement nodes = (await _api.ReadAsync("/api/v1/nodes", Token)).GetProperty("nodes");

        Assert.Equal([1, 2], nodes.EnumerateArray().Select(node => node.GetProperty("nodeId").GetInt32()));
        Assert.Equal(
            ("active", "50038", "162", 30, 7),
            (nodes[0].GetProperty("status").GetString(), nodes[0].GetProperty("stakeWei").GetString(),
            nodes[0].GetProperty("earnedWei").GetString(), nodes[0].GetProperty("energyWh").GetInt32(),
            nodes[0].GetProperty("cellsCommitted").GetInt32()));
    }

    [Fact]
    public Task A_job_shows_how_far_it_is() => AnswersAsync("/api/v1/jobs", $$"""
        {"asOfBlock":15,"jobs":[{"jobId":"1","requester":"{{SmallHistory.Holder}}","cells":10,"cellsCommitted":9,
        "cellsSettled":4,"feePerCellWei":"100","deadline":5000,"step":1,"lossMicro":2300000,
        "modelRoot":"{{Hash32.Zero}}",
        "closed":false}]}
        """);

    [Theory]
    [InlineData("/api/v1/training")]
    [InlineData("/api/v1/jobs/1/progress")]
    public Task Training_is_told_point_by_point(string path) => AnswersAsync(path, $$"""
        {"asOfBlock":15,"points":[{"jobId":"1","step":1,"lossMicro":2300000,"modelRoot":"{{Hash32.Zero}}",
        "blockNumber":13,"timestamp":1025}]}
        """);

    [Fact]
    public async Task Cells_come_newest_first_in_pages_that_neither_overlap_nor_leave_out()
    {
        List<string> cells = [];
        string path = "/api/v1/cells?limit=4";
        for (string? next = ""; next is not null;)
        {
            JsonElement page = await _api.ReadAsync(path + (next.Length > 0 ? $"&before={next}" : ""), Token);
            cells.AddRange(page.GetProperty("cells").EnumerateArray().Select(cell =>
                $"{cell.GetProperty("batchId")}.{cell.GetProperty("position")} {cell.GetProperty("state")} "
                + $"{cell.GetProperty("k")}"));
            next = page.GetProperty("next").GetString();
        }

        Assert.Equal(
            [
                "3.2 committed ", "3.1 committed ", "3.0 committed ", "2.1 wrong 16", "2.0 voided 16",
                "1.3 settled 16", "1.2 settled 16", "1.1 settled 16", "1.0 settled 16",
            ],
            cells);
    }

    [Fact]
    public Task A_fault_comes_with_its_evidence_and_its_price() => AnswersAsync("/api/v1/faults/1", $$"""
        {"asOfBlock":15,"faultId":"1","kind":"wrongElement","batchId":"2","nodeId":2,
        "finder":"{{SmallHistory.Finder}}","cellIndex":5,"row":3,
        "column":2,"claimed":-7,"actual":12,"slashedWei":"10000","burnedWei":"8000","rewardWei":"2000","blockNumber":12,
        "transactionHash":"{{EventRows.TransactionOf(12, 5)}}","timestamp":1012,"evidence":{"position":1} }
        """);

    [Fact]
    public Task A_certificate_says_which_electricity_it_records() => AnswersAsync("/api/v1/certificates", $$"""
        {"asOfBlock":15,"certificates":[{"id":"{{SmallHistory.Certificate.Pack()}}","nodeId":1,"source":"solar",
        "zone":276,
        "hour":481000,"tier":"emulated","factorVersion":1,"gramsPerKwh":48,"wh":30,"retiredWh":10,"footprintMg":1440}]}
        """);

    [Fact]
    public Task A_retirement_names_whom_it_is_for() => AnswersAsync("/api/v1/retirements", $$"""
        {"asOfBlock":15,"retirements":[{"retirementId":"1","id":"{{SmallHistory.Certificate.Pack()}}",
        "account":"{{SmallHistory.Solar}}","beneficiary":"{{SmallHistory.Holder}}","beneficiaryName":"Holder",
        "reason":"training","wh":10,"footprintMg":480,"blockNumber":15,
        "transactionHash":"{{EventRows.TransactionOf(15, 1)}}","timestamp":1200}]}
        """);

    [Fact]
    public async Task The_supply_has_a_course_without_snapshots_of_blocks_that_left_the_chain()
    {
        SnapshotSupplyJob snapshots = new(_tables.DataSource);
        await snapshots.RunAsync(Token);
        await snapshots.RunAsync(Token);
        await _tables.ExecuteAsync(
            "INSERT INTO supply.snapshot VALUES (12, @hash, 1011, 5, 0, 5, 0)", new { hash = Hash32.Zero }, Token);

        await AnswersAsync("/api/v1/supply", """
            {"asOfBlock":15,"mintedWei":"1000500","burnedWei":"8160","supplyWei":"992340","stakedWei":"140038",
            "series":[{"blockNumber":15,"timestamp":1200,"mintedWei":"1000500","burnedWei":"8160",
            "supplyWei":"992340"}]}
            """);
    }

    [Fact]
    public Task Rewards_list_the_roots_on_chain() => AnswersAsync("/api/v1/rewards", $$"""
        {"asOfBlock":15,"epochs":[{"epoch":0,"root":"{{SmallHistory.Root}}","inputsHash":"{{SmallHistory.InputsHash}}",
        "totalWei":"500","budgetWei":"500","accounts":1,"activatesAt":1105,"claims":1}]}
        """);

    [Fact]
    public Task An_account_sees_what_it_can_claim_and_the_proof() =>
        AnswersAsync($"/api/v1/rewards/{SmallHistory.Solar}", $$"""
        {"asOfBlock":15,"account":"{{SmallHistory.Solar}}","epoch":0,"cumulativeWei":"500","claimedWei":"300",
        "claimableWei":"200","proof":["{{SmallHistory.Root}}"]}
        """);

    [Fact]
    public Task A_closed_epoch_is_published_with_its_inputs_and_leaves() =>
        AnswersAsync("/api/v1/rewards/epochs/0", $$"""
        {"asOfBlock":15,"epoch":0,"root":"{{SmallHistory.Root}}","inputsHash":"{{SmallHistory.InputsHash}}",
        "budgetWei":"500",
        "totalWei":"500","closedAtBlock":13,"inputs":{"epoch":0},
        "leaves":[{"account":"{{SmallHistory.Solar}}","earnedWei":"500","cumulativeWei":"500"}]}
        """);

    [Theory]
    [InlineData("/api/v1/nodes/99")]
    [InlineData("/api/v1/jobs/99/progress")]
    [InlineData("/api/v1/faults/99")]
    [InlineData("/api/v1/rewards/epochs/99")]
    [InlineData("/api/v1/rewards/0x00000000000000000000000000000000000000ff")]
    [InlineData("/api/v1/nothing")]
    public Task What_does_not_exist_is_a_404_problem(string path) => ProblemAsync(path, HttpStatusCode.NotFound);

    [Theory]
    [InlineData("/api/v1/cells?limit=0")]
    [InlineData("/api/v1/cells?limit=501")]
    [InlineData("/api/v1/faults?limit=many")]
    [InlineData("/api/v1/cells?before=1")]
    [InlineData("/api/v1/cells?before=1.x")]
    [InlineData("/api/v1/cells?before=-1.0")]
    [InlineData("/api/v1/nodes/first")]
    [InlineData("/api/v1/jobs/0x1/progress")]
    [InlineData("/api/v1/rewards/0x1234")]
    public Task Bad_input_is_a_400_problem_with_a_sentence(string path) =>
        ProblemAsync(path, HttpStatusCode.BadRequest);

    [Fact]
    public async Task The_OpenAPI_document_describes_every_route_and_how_wei_are_written()
    {
        JsonElement document = await _api.ReadAsync("/openapi/v1.json", Token);

        string[] routes = [.. document.GetProperty("paths").EnumerateObject().Select(path => path.Name)];
        Assert.Superset(
            new HashSet<string>
            {
                "/api/v1/network", "/api/v1/nodes", "/api/v1/nodes/{id}", "/api/v1/jobs", "/api/v1/jobs/{id}/progress",
                "/api/v1/training", "/api/v1/cells", "/api/v1/faults", "/api/v1/faults/{id}", "/api/v1/certificates",
                "/api/v1/retirements", "/api/v1/supply", "/api/v1/rewards", "/api/v1/rewards/epochs/{epoch}",
                "/api/v1/rewards/{account}", "/health", "/ready",
            },
            routes.ToHashSet());
        Assert.All(
            document.GetProperty("paths").EnumerateObject(),
            path => Assert.NotEmpty(path.Value.GetProperty("get").GetProperty("summary").GetString()!));
        Assert.Contains("^-?[0-9]+$", document.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ready_means_the_tables_are_close_to_the_head()
    {
        Assert.Equal(HttpStatusCode.OK, (await _api.GetAsync("/health", Token)).Status);
        Assert.Equal(HttpStatusCode.OK, (await _api.GetAsync("/ready", Token)).Status);

        await using ApiServer behind = await ApiServer.StartAsync(_tables.DataSource, head: 36, Token);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await behind.GetAsync("/ready", Token)).Status);
    }

    [Fact]
    public async Task The_network_s_counts_are_gauges_of_the_meter_Gplusck()
    {
        ConcurrentDictionary<string, long> gauges = new();
        using MeterListener listener = new();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == "Gplusck")
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => gauges[instrument.Name] = value);
        listener.Start();
        while (!gauges.ContainsKey("gplusck.cells.committed"))
        {
            listener.RecordObservableInstruments();
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Token);
        }

        Assert.Equal(9, gauges["gplusck.cells.committed"]);
        Assert.Equal(15, gauges["gplusck.block.indexed"]);
        Assert.Equal(1, gauges["gplusck.nodes.slashed"]);
    }

    [Fact]
    public async Task Before_anything_is_indexed_answers_are_503_problems()
    {
        await _tables.ExecuteAsync("DROP SCHEMA gplusck CASCADE", null, Token);

        await ProblemAsync("/api/v1/network", HttpStatusCode.ServiceUnavailable);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await _api.GetAsync("/ready", Token)).Status);
    }

    private async Task AnswersAsync(string path, string expected)
    {
        (HttpStatusCode status, string json) = await _api.GetAsync(path, Token);
        Assert.Equal(CanonicalJson.TextOf(expected), json);
        Assert.Equal(HttpStatusCode.OK, status);
    }

    private async Task ProblemAsync(string path, HttpStatusCode expected)
    {
        (HttpStatusCode status, string json) = await _api.GetAsync(path, Token);
        Assert.Equal(expected, status);
        JsonElement problem = JsonElement.Parse(json);
        Assert.Equal((int)expected, problem.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
    }
}
