using Gplusck.Chain;
using Gplusck.Chain.Bindings;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Rpc;
using Gplusck.Chain.Signing;
using Gplusck.Compute.Assignments;
using Gplusck.Compute.Jobs;
using Gplusck.Compute.Operands;
using Gplusck.GpuVerify.Cells;
using Microsoft.Extensions.Logging;

namespace Gplusck.Compute.Operator;

/// <summary>
/// One operator: keeps its node at work, executes cells, commits them, serves what it committed, claims rewards.
/// </summary>
/// <remarks>
/// The host maps three addresses under the node's endpoint: <c>POST cells</c> to <see cref="HandleCellAsync"/>,
/// <c>GET batches/{root}</c> to <see cref="FindBatchAsync"/> and <c>GET objects/{root}</c> to
/// <see cref="OpenObjectAsync"/>. No two agents may share a key or a store.
/// </remarks>
public sealed class OperatorAgent : IDisposable
{
    private static readonly TimeSpan KeepInterval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan CommitInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(1);

    private readonly OperandStore _store;
    private readonly OperatorOptions _options;
    private readonly TransactionSender _sender;
    private readonly NodeKeeper _node;
    private readonly OrderBook _orders;
    private readonly CellBench _bench;
    private readonly BatchCommitter _committer;
    private readonly RewardClaim? _rewards;
    private readonly CertificateRetirement? _retirement;
    private readonly Rounds _rounds;

    /// <summary>An operator that starts to work with <see cref="RunAsync"/>.</summary>
    /// <param name="client">The chain.</param>
    /// <param name="key">The operator's key; nothing else may send with it.</param>
    /// <param name="contracts">The contracts on that chain.</param>
    /// <param name="store">Where matrices and batches are kept.</param>
    /// <param name="backend">Multiplies.</param>
    /// <param name="meter">Tells the electricity used.</param>
    /// <param name="http">For the rewards' API.</param>
    /// <param name="options">How it runs.</param>
    /// <param name="time">Clock.</param>
    /// <param name="random">For the cheat of a development network.</param>
    /// <param name="logger">Log.</param>
    public OperatorAgent(
        EthereumClient client,
        PrivateKey key,
        Deployment contracts,
        OperandStore store,
        IGemmBackend backend,
        IEnergyMeter meter,
        HttpClient http,
        OperatorOptions options,
        TimeProvider time,
        Random random,
        ILogger logger)
    {
        _store = store;
        _options = options;
        _sender = new TransactionSender(client, key, time);
        AccountChain chain = new(client, _sender, contracts);
        _node = new NodeKeeper(chain, options, logger);
        _orders = new OrderBook(
            key.Address,
            contracts.ChainId,
            contracts.ComputeMarket.Address,
            (jobId, cancellationToken) => chain.ReadAsync(contracts.ComputeMarket.Job(jobId), cancellationToken),
            time);
        _bench = new CellBench(
            store, backend, meter, options.CheatEveryCells is int every ? new Mischief(every, random) : null);
        _committer = new BatchCommitter(chain, store, meter.Tier, options, time, logger);
        _rewards = options.ApiBase is Uri api ? new RewardClaim(chain, http, api, logger) : null;
        _retirement = options.Retirement is RetirementOptions retirement
            ? new CertificateRetirement(chain, options.Profile, meter.Tier, retirement, logger)
            : null;
        _rounds = new Rounds(key.Address, time, logger);
    }

    /// <summary>Where the operator stands.</summary>
    public OperatorStatus Status => new(
        _node.NodeId,
        WhyNoWork(0),
        _bench.Executed,
        _committer.Waiting,
        _committer.Committed,
        _committer.Lost,
        _committer.UnclaimedMilliwattHours);

    /// <summary>Runs until cancelled. Errors are logged and tried again.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        List<Task> loops =
        [
            _rounds.RepeatAsync("Keeping the node", KeepInterval, _node.KeepAsync, cancellationToken),
            _rounds.RepeatAsync("Committing", CommitInterval, _committer.CommitDueAsync, cancellationToken),
            _rounds.RepeatAsync("Sweeping", SweepInterval, SweepAsync, cancellationToken),
        ];
        if (_rewards is not null)
        {
            loops.Add(_rounds.RepeatAsync("Claiming", _options.ClaimInterval, _rewards.ClaimAsync, cancellationToken));
        }

        if (_retirement is not null)
        {
            loops.Add(_rounds.RepeatAsync(
                "Retiring", _options.Retirement!.Interval, _retirement.RetireAsync, cancellationToken));
        }

        await Task.WhenAll(loops);
    }

    /// <summary>Executes the cell in a request (see <see cref="CellWire"/>) and answers with its result.</summary>
    /// <exception cref="InvalidInputException">The order or its operands are not acceptable: 400.</exception>
    /// <exception cref="RetryableException">The operator takes no cells now: 503.</exception>
    public async Task HandleCellAsync(Stream request, Stream response, CancellationToken cancellationToken)
    {
        SignedAssignment order = await CellWire.ReadAssignmentAsync(request, cancellationToken);
        GemmShape shape = order.Assignment.Shape;
        long bytes = shape.LengthA + shape.LengthBt + ((long)shape.LengthC * sizeof(int));
        if (WhyNoWork(bytes) is string reason)
        {
            throw new RetryableException(reason);
        }

        await _orders.TakeAsync(order, cancellationToken);
        CellTask task = await CellWire.ReadOperandsAsync(request, shape, cancellationToken);
        (ExecutedCell cell, int[] c) = await _bench.ExecuteAsync(order, task, cancellationToken);
        _committer.Add(cell);
        await response.WriteAsync(CellWire.WriteResult(c), cancellationToken);
    }

    /// <summary>The bytes of a matrix of a cell, or null when they are not here: 404.</summary>
    public async Task<Stream?> OpenObjectAsync(Hash32 root, CancellationToken cancellationToken) =>
        await _store.FindAsync(root, cancellationToken) is StoredMatrix matrix
            ? new MemoryStream(matrix.Content, writable: false)
            : null;

    /// <summary>The <see cref="BatchDocument"/> of a batch, or null when it is not here: 404.</summary>
    public Task<byte[]?> FindBatchAsync(Hash32 cellsRoot, CancellationToken cancellationToken) =>
        _store.Batches.FindAsync(cellsRoot, cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        _sender.Dispose();
        _bench.Dispose();
    }

    private string? WhyNoWork(long bytes) =>
        _node.WhyNoWork
        ?? (_committer.Waiting >= _options.WaitingCellsMax ? $"{_committer.Waiting} cells wait to be committed." : null)
        ?? (_store.HasRoomFor(bytes) ? null : $"The store is full: {_store.Bytes} bytes.");

    private Task SweepAsync(CancellationToken cancellationToken)
    {
        _store.Sweep();
        return Task.CompletedTask;
    }
}
