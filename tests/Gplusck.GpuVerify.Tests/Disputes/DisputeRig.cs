using System.Numerics;
using Gplusck.Chain.Bindings;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Rpc;
using Gplusck.Chain.Signing;
using Gplusck.Database;
using Gplusck.GpuVerify.Disputes;
using Gplusck.GpuVerify.Screening;
using Gplusck.Indexer;
using Gplusck.Outbox;
using Gplusck.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Gplusck.GpuVerify.Tests.Disputes;

/// <summary>A verifier with a database of its own over the shared chain, and operators that commit batches.</summary>
internal sealed class DisputeRig : IAsyncDisposable
{
    private static int _lastAccount = 3;

    private readonly DeploymentFixture _chain;
    private readonly PrivateKey _requester = DevKeys.All[1];
    private readonly PrivateKey _finder = DevKeys.All[2];

    private DisputeRig(DeploymentFixture chain, NpgsqlDataSource dataSource)
    {
        _chain = chain;
        DataSource = dataSource;
        Options.Finder = _finder.Address;
    }

    public NpgsqlDataSource DataSource { get; }

    public MemoryCellSource Source { get; } = new();

    public VerifierOptions Options { get; } = new();

    public Deployment Contracts => _chain.Contracts;

    public EthereumClient Client => _chain.Client;

    public TransactionOutbox Outbox => new(DataSource);

    public VerifyBatchJob Job => new(
        DataSource, Client, Contracts, Outbox, Source, new CryptographicChallenge(), [], Options, TimeProvider.System,
        NullLogger<VerifyBatchJob>.Instance);

    public FollowFaultsJob Follow => new(DataSource, Contracts, Outbox, Options);

    public static async Task<DisputeRig> StartAsync(
        PostgresFixture postgres, DeploymentFixture chain, CancellationToken cancellationToken)
    {
        NpgsqlDataSource dataSource = PostgresDataSource.Create(await postgres.CreateDatabaseAsync(cancellationToken));
        await new Migrator(dataSource).MigrateAsync(cancellationToken);
        return new DisputeRig(chain, dataSource);
    }

    public Task<T> ReadAsync<T>(Call<T> call, CancellationToken cancellationToken) =>
        _chain.ReadAsync(call, cancellationToken);

    /// <summary>Registers an active node on an account no other test uses.</summary>
    public async Task<PrivateKey> RegisterOperatorAsync(CancellationToken cancellationToken)
    {
        PrivateKey key = DevKeys.All[Interlocked.Increment(ref _lastAccount)];
        BigInteger stake = await ReadAsync(Contracts.Terms.MinimumStakeWei(), cancellationToken);
        await _chain.GiveAsync(key.Address, (int)(stake / DeploymentFixture.OneGpuck) + 1, cancellationToken);
        NodeProfile profile = new(EnergySource.Solar, 756, "CH"u8.ToArray(), 1_000, 500, "http://operator.example");
        using TransactionSender sender = new(Client, key, TimeProvider.System);
        await sender.SendAsync(Contracts.NodeRegistry.Register(profile), cancellationToken);
        ulong nodeId = await ReadAsync(Contracts.NodeRegistry.NodeOf(key.Address), cancellationToken);
        await sender.SendAsync(Contracts.Gpuck.Approve(Contracts.StakeVault.Address, stake), cancellationToken);
        await sender.SendAsync(Contracts.StakeVault.Stake(nodeId, stake, 0), cancellationToken);
        await sender.SendAsync(Contracts.NodeRegistry.Activate(nodeId), cancellationToken);
        return key;
    }

    /// <summary>Posts a job, has an operator commit cells for it, and indexes up to the block after.</summary>
    /// <param name="key">The operator.</param>
    /// <param name="data">The cells; their C may be wrong.</param>
    /// <param name="signer">Who signs the orders; the requester when null.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<(BigInteger BatchId, TestBatch Batch)> CommitAsync(
        PrivateKey key, IReadOnlyList<RandomCell> data, PrivateKey? signer, CancellationToken cancellationToken)
    {
        BlockHeader now = (await Client.GetBlockAsync(BlockTag.Latest, cancellationToken))!;
        BigInteger jobId = await PostJobAsync((uint)data.Count, (ulong)now.Timestamp + 86_400, cancellationToken);
        Address market = Contracts.ComputeMarket.Address;
        TestBatch batch = TestBatch.Of(data, jobId, key.Address, assignment =>
            (signer ?? _requester).Sign(assignment.Digest(Contracts.ChainId, market)).ToArray());
        using TransactionSender sender = new(Client, key, TimeProvider.System);
        TransactionReceipt receipt = await sender.SendAsync(
            Contracts.ComputeMarket.CommitBatch(
                jobId, batch.Root, (uint)data.Count, 1, (uint)(now.Timestamp / 3_600), MeasurementTier.Emulated),
            cancellationToken);
        BigInteger batchId = receipt.Logs
            .Select(log => ComputeMarket.BatchCommittedEvent.TryDecode(log, out var committed) ? committed.BatchId : 0)
            .Max();
        batch.ServeFrom(Source);
        await _chain.MineAsync(cancellationToken);
        await IndexAsync(cancellationToken);
        return (batchId, batch);
    }

    public async Task IndexAsync(CancellationToken cancellationToken)
    {
        string[] names = ["NodeRegistry", "ComputeMarket", "MicrocellCourt"];
        IndexManifest manifest = new("gplusck", [.. names.Select(name =>
            new IndexedContract(name, Contracts.Addresses[name], Contracts.Block, ContractAbi.Parse(name), []))]);
        IndexerOptions options = new() { ToBlock = await Client.BlockNumberAsync(cancellationToken) };
        await new IndexerRun(DataSource, Client, manifest, options, TimeProvider.System, NullLogger.Instance)
            .RunAsync(cancellationToken);
    }

    /// <summary>Sends what the outbox holds until the key is settled.</summary>
    public async Task<OutboxStatus> SendAsync(string outboxKey, CancellationToken cancellationToken)
    {
        Dictionary<Address, PrivateKey> keys = new() { [_finder.Address] = _finder };
        OutboxOptions options = new() { PollMilliseconds = 20 };
        using OutboxSender sender = new(
            DataSource, Client, keys, options, TimeProvider.System, NullLogger<OutboxSender>.Instance);
        await sender.StartAsync(cancellationToken);
        OutboxStatus? status;
        do
        {
            // A successor waits until its predecessor is below the head, and this chain stands still by itself.
            await _chain.MineAsync(cancellationToken);
            await Task.Delay(50, cancellationToken);
            status = await Outbox.StatusAsync(outboxKey, cancellationToken);
        }
        while (status is { State: OutboxState.Queued or OutboxState.Sent });
        await sender.StopAsync(cancellationToken);
        return status!;
    }

    public async Task<T> ScalarAsync<T>(string sql, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await DataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleAsync<T>(sql, null, cancellationToken);
    }

    public ValueTask DisposeAsync() => DataSource.DisposeAsync();

    private async Task<BigInteger> PostJobAsync(uint cells, ulong deadline, CancellationToken cancellationToken)
    {
        await _chain.GiveAsync(_requester.Address, (int)cells, cancellationToken);
        await RequesterTurn.WaitAsync(cancellationToken);
        try
        {
            using TransactionSender sender = new(Client, _requester, TimeProvider.System);
            await sender.SendAsync(
                Contracts.Gpuck.Approve(Contracts.ComputeMarket.Address, cells * DeploymentFixture.OneGpuck),
                cancellationToken);
            TransactionReceipt receipt = await sender.SendAsync(
                Contracts.ComputeMarket.PostJob(
                    Keccak.Hash("spec"u8), Keccak.Hash("inputs"u8), cells, DeploymentFixture.OneGpuck, deadline),
                cancellationToken);
            return receipt.Logs
                .Select(log => ComputeMarket.JobPostedEvent.TryDecode(log, out var posted) ? posted.JobId : 0)
                .Max();
        }
        finally
        {
            RequesterTurn.Release();
        }
    }

    private static SemaphoreSlim RequesterTurn { get; } = new(1);
}
