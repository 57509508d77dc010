using System.Numerics;
using Gplusck.Chain.Bindings;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Rpc;
using Gplusck.Chain.Signing;
using Gplusck.Compute.Assignments;
using Gplusck.Compute.Jobs;
using Gplusck.Compute.Operands;
using Gplusck.Compute.Operator;
using Gplusck.GpuVerify.Cells;
using Gplusck.GpuVerify.Reference;
using Gplusck.GpuVerify.Simd;
using Gplusck.Host.Devnet;
using Microsoft.Extensions.Logging.Abstractions;
using CellCommitment = Gplusck.GpuVerify.Cells.CellCommitment;

namespace Gplusck.Compute.Tests;

[Trait("Needs", "Anvil")]
public sealed class WorkingNetworkTests(DeployedChain chain) : IClassFixture<DeployedChain>, IDisposable
{
    private const uint NameplateWatts = 2_000;
    private const uint PicosecondsPerMultiplyAccumulate = 2_000_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("gplusck-network-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_network_with_a_cheat_and_a_silent_node_trains_and_everything_committed_can_be_checked()
    {
        PrivateKey requester = DevKeys.All[9];
        await chain.GiveAsync(requester.Address, 100, Cancellation);
        using OperatorAgent honest = await EnterAsync(1, "honest", EnergySource.Solar, cheatEvery: null);
        using OperatorAgent cheat = await EnterAsync(2, "cheat", EnergySource.Coal, cheatEvery: 3);
        using OperatorAgent silent = await EnterAsync(3, "silent", EnergySource.Wind, cheatEvery: null);
        using HttpClient http = Reach(("honest", honest), ("cheat", cheat));
        using TrainingJob job = await TrainingAsync(requester, http);

        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        OperatorAgent[] agents = [honest, cheat, silent];
        Task operators = Task.WhenAll(agents.Select(agent => agent.RunAsync(stop.Token)));
        await UntilAsync(() => agents.All(agent => agent.Status.WhyNoWork is null));
        using CancellationTokenSource enough = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Task training = job.RunAsync(enough.Token);
        await UntilAsync(() => job.Progress?.Step >= 10);
        await enough.CancelAsync();
        await training;
        await UntilAsync(() => agents.All(agent => agent.Status.CellsCommitted == agent.Status.CellsExecuted));
        await stop.CancelAsync();
        await operators;

        Assert.Contains(
            await LogsAsync(ComputeMarket.JobProgressedEvent.Topic0),
            log => ComputeMarket.JobProgressedEvent.Decode(log).ModelRoot == job.Progress!.ModelRoot);
        Assert.InRange(job.Progress!.LossMicro, 1, 2_200_000);
        Assert.True(await chain.ReadAsync(chain.Contracts.ComputeMarket.JobCount(), Cancellation) > 2);
        (int rightOfHonest, int wrongOfHonest) = await CheckAsync(honest, requester.Address);
        (int rightOfCheat, int wrongOfCheat) = await CheckAsync(cheat, requester.Address);
        Assert.Equal(0, wrongOfHonest);
        Assert.Equal((rightOfCheat + wrongOfCheat) / 3, wrongOfCheat);
        Assert.True(rightOfHonest + rightOfCheat + wrongOfCheat >= 10 * job.Progress.Step);
        Assert.Equal(0, silent.Status.CellsExecuted);
    }

    [Fact]
    public async Task A_jailed_and_slashed_operator_refuses_work_and_returns_when_its_time_is_over()
    {
        using OperatorAgent agent = await EnterAsync(4, "jailed", EnergySource.Hydro, cheatEvery: null);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Task running = agent.RunAsync(stop.Token);
        await UntilAsync(() => agent.Status.WhyNoWork is null);
        ulong nodeId = agent.Status.NodeId;

        Address court = chain.Contracts.MicrocellCourt.Address;
        BigInteger half = 6_000 * DeployedChain.OneGpuck;
        await chain.ActAsAsync(court, chain.Contracts.StakeVault.Slash(nodeId, 1, half, 0, court), Cancellation);
        await chain.ActAsAsync(court, chain.Contracts.NodeRegistry.Jail(nodeId), Cancellation);
        await UntilAsync(() => agent.Status.WhyNoWork?.Contains("jailed", StringComparison.Ordinal) == true);
        await chain.PassTimeAsync(600, Cancellation);
        await UntilAsync(() => agent.Status.WhyNoWork is null);
        await stop.CancelAsync();
        await running;

        Assert.True(await chain.ReadAsync(chain.Contracts.NodeRegistry.IsActive(nodeId), Cancellation));
        Assert.Equal(
            12_000 * DeployedChain.OneGpuck,
            await chain.ReadAsync(chain.Contracts.StakeVault.ActiveStake(nodeId), Cancellation));
    }

    [Fact]
    public async Task Certificates_of_settled_work_are_retired_for_the_named_beneficiary()
    {
        Address beneficiary = DevKeys.All[15].Address;
        RetirementOptions retirement = new()
        {
            Beneficiary = beneficiary,
            BeneficiaryName = "Test Foundry",
            Reason = "batch of a test",
            Interval = TimeSpan.FromMilliseconds(200),
            SharePercent = 100,
        };
        using OperatorAgent agent = await EnterAsync(5, "retiring", EnergySource.Geothermal, null, retirement);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Task running = agent.RunAsync(stop.Token);
        await UntilAsync(() => agent.Status.WhyNoWork is null);

        await OrderAsync(agent, DevKeys.All[8], DevKeys.All[5].Address, new GemmShape(100, 100, 500));
        await UntilAsync(() => agent.Status.CellsCommitted == 1);
        ComputeMarket.BatchCommittedEvent batch = (await LogsAsync(ComputeMarket.BatchCommittedEvent.Topic0))
            .Select(ComputeMarket.BatchCommittedEvent.Decode)
            .Single(committed => committed.NodeId == agent.Status.NodeId);
        await chain.PassTimeAsync(31, Cancellation);
        using TransactionSender anyone = new(chain.Client, DevKeys.All[0], TimeProvider.System);
        await anyone.SendAsync(chain.Contracts.ComputeMarket.Settle(batch.BatchId), Cancellation);
        IReadOnlyList<LogEntry> retired = [];
        while (retired.Count == 0)
        {
            retired = await LogsAsync(CarbonCertificate.RetiredEvent.Topic0, chain.Contracts.CarbonCertificate.Address);
        }

        await stop.CancelAsync();
        await running;
        CarbonCertificate.RetiredEvent record = CarbonCertificate.RetiredEvent.Decode(retired[0]);
        Assert.Equal(5ul, batch.EnergyWh);
        Assert.Equal(5, record.WattHours);
        Assert.Equal((beneficiary, "Test Foundry"), (record.Beneficiary, record.BeneficiaryName));
    }

    private async Task OrderAsync(OperatorAgent agent, PrivateKey requester, Address worker, GemmShape shape)
    {
        ComputeMarket market = chain.Contracts.ComputeMarket;
        await chain.GiveAsync(requester.Address, 1, Cancellation);
        using TransactionSender sender = new(chain.Client, requester, TimeProvider.System);
        await sender.SendAsync(chain.Contracts.Gpuck.Approve(market.Address, 1), Cancellation);
        ulong now = (ulong)TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        TransactionReceipt receipt = await sender.SendAsync(
            market.PostJob(Hash32.Zero, Hash32.Zero, 1, 1, now + 7_200), Cancellation);
        BigInteger jobId = receipt.Logs.Select(
            log => ComputeMarket.JobPostedEvent.TryDecode(log, out ComputeMarket.JobPostedEvent? posted)
                ? posted.JobId : BigInteger.Zero).Max();

        CellTask task = RandomCells.Task(shape, new Random(1));
        CellAssignment order = RandomCells.Order(task, 0, new Random(1)).Assignment with
        {
            JobId = jobId,
            Operator = worker,
            Deadline = now + 60,
        };
        SignedAssignment signedOrder = new(
            order, requester.Sign(order.Digest(chain.Contracts.ChainId, market.Address)).ToArray());
        using MemoryStream request = new(CellWire.WriteRequest(signedOrder, task));
        using MemoryStream response = new();
        await agent.HandleCellAsync(request, response, Cancellation);

        int[] c = new int[shape.LengthC];
        new ScalarGemm().Multiply(shape, task.A, task.Bt, c);
        Assert.Equal(CellWire.WriteResult(c), response.ToArray());
    }

    private async Task<OperatorAgent> EnterAsync(
        int key, string name, EnergySource source, int? cheatEvery, RetirementOptions? retirement = null)
    {
        await chain.GiveAsync(DevKeys.All[key].Address, 30_000, Cancellation);
        OperatorOptions options = new()
        {
            Profile = new NodeProfile(source, 756, "CH"u8.ToArray(), NameplateWatts, 500, $"http://{name}/operator"),
            StakeWei = 12_000 * DeployedChain.OneGpuck,
            BatchInterval = TimeSpan.FromMilliseconds(300),
            CheatEveryCells = cheatEvery,
            Retirement = retirement,
        };
        OperandStore store = new(Path.Combine(_folder, name), new OperandStoreOptions(), TimeProvider.System);
        EmulatedMeter meter = new(NameplateWatts, PicosecondsPerMultiplyAccumulate);
        return new OperatorAgent(
            chain.Client, DevKeys.All[key], chain.Contracts, store, SimdGemm.Best(), meter, Reach(), options,
            TimeProvider.System, new Random(key), NullLogger.Instance);
    }

    private async Task<TrainingJob> TrainingAsync(PrivateKey requester, HttpClient http)
    {
        RequesterOptions options = new()
        {
            CellsPerJob = 40,
            StepInterval = TimeSpan.Zero,
            NodePause = TimeSpan.FromSeconds(1),
        };
        DigitSet digits = await DigitSet.LoadAsync(Checkout.NodeModule("mnist/src/digits"), Cancellation);
        return new TrainingJob(
            chain.Client, requester, chain.Contracts, http, digits, Path.Combine(_folder, "model.bin"),
            new TrainingOptions(), options, TimeProvider.System, new Random(1), NullLogger.Instance);
    }

    private static HttpClient Reach(params (string Name, OperatorAgent Agent)[] agents) =>
        new(new InProcessOperators(agents.ToDictionary(agent => agent.Name, agent => agent.Agent)));

    private static async Task UntilAsync(Func<bool> holds)
    {
        while (!holds())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), Cancellation);
        }
    }

    // Everything a verifier would check, from the chain and what the operator serves alone.
    private async Task<(int Right, int Wrong)> CheckAsync(OperatorAgent agent, Address requester)
    {
        (int right, int wrong) = (0, 0);
        BigInteger wattPicoseconds = 0;
        BigInteger claimedWh = 0;
        HashSet<(BigInteger, uint)> cellsSeen = [];
        foreach (LogEntry log in await LogsAsync(ComputeMarket.BatchCommittedEvent.Topic0))
        {
            ComputeMarket.BatchCommittedEvent batch = ComputeMarket.BatchCommittedEvent.Decode(log);
            if (batch.NodeId != agent.Status.NodeId)
            {
                continue;
            }

            byte[]? document = await agent.FindBatchAsync(batch.CellsRoot, Cancellation);
            IReadOnlyList<AssignedCell> cells = BatchDocument.Read(document);
            Assert.Equal((int)batch.Cells, cells.Count);
            Assert.Equal(MeasurementTier.Emulated, batch.Tier);
            claimedWh += batch.EnergyWh;
            foreach (AssignedCell cell in cells)
            {
                Assert.Equal(batch.JobId, cell.Commitment.JobId);
                Assert.True(cellsSeen.Add((cell.Commitment.JobId, cell.Commitment.CellIndex)));
                Hash32 digest = cell.Assignment.Digest(
                    chain.Contracts.ChainId, chain.Contracts.ComputeMarket.Address);
                Assert.Equal(requester, Signature.FromBytes(cell.Signature).Recover(digest));
                wattPicoseconds += (BigInteger)NameplateWatts * PicosecondsPerMultiplyAccumulate
                    * cell.Commitment.Shape.MultiplyAccumulates;
                bool isRight = await IsRightAsync(agent, cell.Commitment);
                (right, wrong) = isRight ? (right + 1, wrong) : (right, wrong + 1);
            }
        }

        Assert.Equal(right + wrong, agent.Status.CellsCommitted);
        Assert.Equal(0, agent.Status.CellsLost);
        Assert.True(claimedWh > 0);
        Assert.Equal(
            wattPicoseconds / 3_600_000_000_000, (claimedWh * 1_000) + agent.Status.UnclaimedMilliwattHours);
        return (right, wrong);
    }

    private static async Task<bool> IsRightAsync(OperatorAgent agent, CellCommitment cell)
    {
        int[] c = new int[cell.Shape.LengthC];
        sbyte[] a = await ReadAsync(agent, cell.RootA);
        sbyte[] bt = await ReadAsync(agent, cell.RootB);
        new ScalarGemm().Multiply(cell.Shape, a, bt, c);
        Hash32 root = StoredMatrix.ForResult(cell.Shape.M, cell.Shape.N, c).ComputeRoot();
        Assert.NotNull(await agent.OpenObjectAsync(cell.RootC, Cancellation));
        return root == cell.RootC;
    }

    private static async Task<sbyte[]> ReadAsync(OperatorAgent agent, Hash32 root)
    {
        await using Stream? stream = await agent.OpenObjectAsync(root, Cancellation);
        using MemoryStream content = new();
        await stream!.CopyToAsync(content, Cancellation);
        return Array.ConvertAll(content.ToArray(), value => (sbyte)value);
    }

    private Task<IReadOnlyList<LogEntry>> LogsAsync(Hash32 topic0, Address? contract = null) =>
        chain.Client.GetLogsAsync(
        new LogFilter
        {
            From = BlockTag.Earliest,
            To = BlockTag.Latest,
            Addresses = [contract ?? chain.Contracts.ComputeMarket.Address],
            Topics = [[topic0]],
        },
        Cancellation);
}
