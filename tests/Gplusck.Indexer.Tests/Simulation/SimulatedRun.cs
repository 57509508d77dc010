using Gplusck.Chain;
using Gplusck.Chain.Rpc;
using Gplusck.Database;
using Gplusck.Indexer.Tests.Simulation.Node;
using Gplusck.Indexer.Tests.Simulation.Oracle;
using Gplusck.Indexer.Tests.Simulation.World;
using Npgsql;

namespace Gplusck.Indexer.Tests.Simulation;

/// <summary>One seed: an indexer lives several lives against a faulty node, then must agree with the chain.</summary>
internal sealed class SimulatedRun : IAsyncDisposable
{
    private const int DeepBlocks = 64;
    private const int RequestsMax = 8_000;

    // For a hang only: a life that goes on asks, and asking is counted.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Dice _dice;
    private readonly FaultPlan _plan;
    private readonly StartBlocks _start;
    private readonly MovingChain _chain;
    private readonly LieLedger _lies;
    private readonly FaultyNode _node;
    private readonly DatabaseFaults _faults;
    private readonly SimulationLog _log;
    private readonly Tally _tally;
    private readonly NpgsqlDataSource _reader;
    private readonly string _connectionString;
    private CancellationTokenSource _life = new();
    private int _requests;
    private volatile bool _isOver;
    private string? _problem;

    public SimulatedRun(int seed, string connectionString, Tally tally)
    {
        _dice = new Dice(seed);
        _plan = new FaultPlan(_dice);
        _start = StartBlocks.Of(_dice);
        _chain = new MovingChain(new ChainScript(_dice, forks: !_plan.IsLiar, returns: _plan.LiesAllowed));
        _tally = tally;
        _lies = new LieLedger(_plan.IsLiar, tally);
        _node = new FaultyNode(_dice, _plan, _chain, _lies, tally) { Before = BeforeAnswerAsync };
        _log = new SimulationLog(_lies, tally);
        _connectionString = connectionString;
        _reader = PostgresDataSource.Create(connectionString);
        _faults = new DatabaseFaults(_reader, Schema, seed, _plan.DatabaseFaultsPer1024);
    }

    public string Schema => $"seed_{_dice.Seed}";

    public FakeBlock LastTip => _chain.Script.Tips[^1];

    public StartBlocks Start => _start;

    /// <summary>Plays the seed. Null when all went well, else what did not.</summary>
    public async Task<string?> PlayAsync(CancellationToken cancellationToken)
    {
        while (!_isOver && _problem is null)
        {
            await _faults.InstallAsync(cancellationToken);
            await LiveAsync(toBlock: null, cancellationToken);
            _tally.Add("lives");
        }

        _node.IsCalm = true;
        _tally.Add("writes under fire", await _faults.StopAsync(cancellationToken));
        if (_problem is null)
        {
            await LiveAsync(LastTip.Number, cancellationToken);
        }

        _problem ??= await ReadAsync(cancellationToken) is IReadOnlyDictionary<string, string[]> tables
            ? Comparison.Of(tables, LastTip, _start)
            : "There are no tables.";
        if (_lies.Open is Lie lie)
        {
            _problem ??= $"Nobody noticed a lie about block {lie.Number}: {lie.What}.";
        }

        return _problem is null ? null : $"{_problem}\nThe indexer's last lines:\n{_log.Tail}";
    }

    public ValueTask DisposeAsync()
    {
        _node.Dispose();
        _life.Dispose();
        return _reader.DisposeAsync();
    }

    public Task<IReadOnlyDictionary<string, string[]>?> ReadAsync(CancellationToken cancellationToken) =>
        SchemaSnapshot.ReadAsync(_reader, Schema, cancellationToken);

    /// <summary>The only place that knows how an indexer is made.</summary>
    private IndexerRun NewRun(NpgsqlDataSource dataSource, HttpClient http, long? toBlock) => new(
        dataSource,
        new EthereumClient(new JsonRpcClient(
            http,
            new Uri("http://node.invalid"),
            new JsonRpcOptions
            {
                RetriesMax = _plan.RetriesMax,
                FirstDelay = TimeSpan.FromMilliseconds(1),
                DelayMax = TimeSpan.FromMilliseconds(3),
                BatchCallsMax = _plan.BatchCallsMax,
            },
            TimeProvider.System)),
        Contracts.Manifest(Schema, _start),
        new IndexerOptions
        {
            Verify = _plan.Verify,
            ToBlock = toBlock,
            PollMilliseconds = 1,
            ErrorDelayMillisecondsMax = 4,
            RangeBlocksMax = _plan.RangeBlocksMax,
            RangeEventsTarget = _plan.RangeEventsTarget,
            RequestsMax = _plan.ReceiptRequestsMax,
        },
        TimeProvider.System,
        _log);

    private async Task LiveAsync(long? toBlock, CancellationToken cancellationToken)
    {
        using CancellationTokenSource life = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        life.CancelAfter(Patience);
        _life = life;
        _requests = 0;
        await using NpgsqlDataSource dataSource = PostgresDataSource.Create(
            new NpgsqlConnectionStringBuilder(_connectionString) { ApplicationName = Schema }.ConnectionString);
        using HttpClient http = new(_node, disposeHandler: false);
        try
        {
            await NewRun(dataSource, http, toBlock).RunAsync(life.Token);
            _problem ??= toBlock is null ? "The run ended by itself." : null;
        }
        catch (OperationCanceledException) when (life.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _problem ??= toBlock is null ? null : $"The last run did not end. It asked {_requests} times.";
        }
        catch (Exception error) when (error is RetryableException or JsonRpcException or NpgsqlException)
        {
            // An indexer may refuse to start on a bad day; whoever runs it starts it again.
            _tally.Add("starts refused");
            _log.Keep($"Did not start: {error.Message}");
            _lies.Hear(error.Message);
            _problem ??= toBlock is null ? null : $"The last run failed: {error}";
        }
        catch (Exception error)
        {
            _problem ??= $"The run failed for good: {error}";
        }

        _lies.Interrupt();
        await CompareAsync(cancellationToken);
    }

    // Everything that happens beside the node's answers hangs on its requests as well.
    private async Task BeforeAnswerAsync(string about, int time, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _requests) > RequestsMax)
        {
            _problem ??= $"The run gets nowhere: {RequestsMax} requests. Open lie: {_lies.Open?.ToString() ?? "none"}.";
            await _life.CancelAsync();
        }

        if (_node.IsCalm || _lies.Open is not null)
        {
            return;
        }

        // Whoever asks for the head has read what there was: a good moment to take some of it back.
        string move = about.Contains("latest", StringComparison.Ordinal) ? "move at the tip" : "move";
        if (Happens(move, about, time) && !MoveOn())
        {
            return;
        }

        if (Happens("restart", about, time))
        {
            await _life.CancelAsync();
        }

        if (Happens("kill", about, time))
        {
            _tally.Add("connections killed", await _faults.KillAsync(Schema, cancellationToken));
        }

        if (Happens("read", about, time))
        {
            await CompareAsync(cancellationToken);
        }
    }

    /// <summary>False when there is nowhere to go any more, which ends the indexer's life.</summary>
    private bool MoveOn()
    {
        lock (_chain)
        {
            if (_chain.IsOver)
            {
                // An answer that is on its way when the life ends is read by nobody; a lie must not be in it.
                if (_lies.TryClose())
                {
                    _isOver = true;
                    _life.Cancel();
                }

                return false;
            }

            int depth = _chain.Advance();
            _log.Keep($"[The chain moves to block {_chain.Tip.Number} ({_chain.Tip.Hash}), {depth} taken back]");
            _tally.AddIf(depth > 0, "reorgs");
            _tally.AddIf(depth > DeepBlocks, "reorgs deeper than 64");
            _tally.AddIf(_chain.Tip.Number < _chain.Script.Tips[_chain.Step - 1].Number, "height went backwards");
            return true;
        }
    }

    private bool Happens(string what, string about, int time) => _dice.Chance(_plan.Rate(what), what, about, time);

    private async Task CompareAsync(CancellationToken cancellationToken)
    {
        if (await ReadAsync(cancellationToken) is not IReadOnlyDictionary<string, string[]> tables)
        {
            return;
        }

        _tally.Add("snapshots compared");
        string? difference = Comparison.OfAny(tables, _chain.Script, _start, logsBelieved: !_plan.LiesAllowed);
        if (difference is not null)
        {
            _problem ??= $"A reader saw what never was. {difference}";
            await _life.CancelAsync();
        }
    }
}
