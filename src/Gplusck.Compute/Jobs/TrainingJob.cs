using Gplusck.Chain.Bindings;
using Gplusck.Chain.Rpc;
using Gplusck.Chain.Signing;
using Microsoft.Extensions.Logging;

namespace Gplusck.Compute.Jobs;

/// <summary>The demo's requester: trains a digits network on the network's operators and pays them for it.</summary>
/// <remarks>Never ends by itself. Goes on from its checkpoint after a restart, under a new job.</remarks>
public sealed class TrainingJob : IDisposable
{
    private readonly TrainingOptions _training;
    private readonly RequesterOptions _options;
    private readonly Random _random;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly TransactionSender _sender;
    private readonly AccountChain _chain;
    private readonly JobBook _book;
    private readonly NodeRoster _nodes;
    private readonly NetworkCellExecutor _executor;
    private readonly ModelCheckpoint _checkpoint;
    private readonly DigitSet _digits;
    private readonly List<long> _lossesMicro = [];
    private DigitTraining? _run;

    /// <summary>A requester that starts to work with <see cref="RunAsync"/>.</summary>
    /// <param name="client">The chain.</param>
    /// <param name="key">The requester's key, which holds GPUCK; nothing else may send with it.</param>
    /// <param name="contracts">The contracts on that chain.</param>
    /// <param name="http">Reaches the operators.</param>
    /// <param name="digits">What to learn.</param>
    /// <param name="checkpointPath">File that keeps the model between runs.</param>
    /// <param name="training">How to learn.</param>
    /// <param name="options">How to pay and pace.</param>
    /// <param name="time">Clock.</param>
    /// <param name="random">Draws weights and batches, and rounds gradients.</param>
    /// <param name="logger">Log.</param>
    public TrainingJob(
        EthereumClient client,
        PrivateKey key,
        Deployment contracts,
        HttpClient http,
        DigitSet digits,
        string checkpointPath,
        TrainingOptions training,
        RequesterOptions options,
        TimeProvider time,
        Random random,
        ILogger logger)
    {
        (_training, _options, _random, _time, _logger, _digits) = (training, options, random, time, logger, digits);
        _sender = new TransactionSender(client, key, time);
        _chain = new AccountChain(client, _sender, contracts);
        _book = new JobBook(_chain, JobTerms.For(training, digits.Training), options, logger);
        _nodes = new NodeRoster(_chain, options, time, logger);
        _executor = new NetworkCellExecutor(
            _book, _nodes, key, contracts.ChainId, contracts.ComputeMarket.Address, http, options, time);
        _checkpoint = new ModelCheckpoint(checkpointPath);
    }

    /// <summary>The last report; null before the first.</summary>
    public TrainingProgress? Progress { get; private set; }

    /// <summary>Trains until cancelled. Errors are logged and tried again.</summary>
    public Task RunAsync(CancellationToken cancellationToken) =>
        new Rounds(_chain.Account, _time, _logger).RepeatAsync("Training", TimeSpan.Zero, StepAsync, cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        _sender.Dispose();
        _book.Dispose();
        _nodes.Dispose();
    }

    private async Task StepAsync(CancellationToken cancellationToken)
    {
        _run ??= await StartAsync(cancellationToken);
        long started = _time.GetTimestamp();
        TrainingStep step = await _run.StepAsync(_executor, cancellationToken);
        _lossesMicro.Add(step.LossMicro);
        if (step.Number % _options.StepsPerReport == 0)
        {
            await ReportAsync(_run, cancellationToken);
        }

        TimeSpan left = _options.StepInterval - _time.GetElapsedTime(started);
        if (left > TimeSpan.Zero)
        {
            await Task.Delay(left, _time, cancellationToken);
        }
    }

    private async Task<DigitTraining> StartAsync(CancellationToken cancellationToken)
    {
        (DigitModel Model, long StepsTaken) kept =
            await _checkpoint.LoadAsync(_training.HiddenUnits, cancellationToken)
            ?? (DigitModel.Untrained(_training.HiddenUnits, _random), 0);
        Log.TrainingStarted(_logger, kept.StepsTaken, kept.Model.Accuracy(_digits.HeldOut));
        return new DigitTraining(kept.Model, kept.StepsTaken, _digits.Training, _training, _random);
    }

    private async Task ReportAsync(DigitTraining run, CancellationToken cancellationToken)
    {
        TrainingProgress progress = new(
            _book.JobId,
            run.StepsTaken,
            (long)_lossesMicro.Average(),
            run.Model.Root,
            (long)(1_000_000 * run.Model.Accuracy(_digits.HeldOut)));
        _lossesMicro.Clear();
        await _checkpoint.SaveAsync(run.Model, run.StepsTaken, cancellationToken);
        await _chain.SendAsync(
            _chain.Contracts.ComputeMarket.ReportProgress(
                progress.JobId, (ulong)progress.Step, progress.ModelRoot, (ulong)progress.LossMicro),
            cancellationToken);
        Progress = progress;
        Log.TrainingProgressed(_logger, progress.Step, progress.LossMicro);
    }
}
