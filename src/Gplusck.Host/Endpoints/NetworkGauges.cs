using System.Diagnostics.Metrics;
using Gplusck.Chain;
using Npgsql;

namespace Gplusck.Host.Endpoints;

/// <summary>The network's counts as gauges of the meter <c>Gplusck</c>, read every ten seconds.</summary>
/// <remarks>Amounts of wei are left out: a gauge is a floating-point number to whoever scrapes it.</remarks>
internal sealed class NetworkGauges : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    private readonly NpgsqlDataSource _dataSource;
    private readonly TimeProvider _time;
    private readonly ILogger<NetworkGauges> _logger;
    private volatile Reading? _last;

    public NetworkGauges(
        NpgsqlDataSource dataSource, IMeterFactory meters, TimeProvider time, ILogger<NetworkGauges> logger)
    {
        (_dataSource, _time, _logger) = (dataSource, time, logger);
        Meter meter = meters.Create("Gplusck");
        Add(meter, "gplusck.block.indexed", "Newest block in the tables", reading => reading.Block);
        Add(meter, "gplusck.cells.committed", "Cells committed", reading => reading.Figures.CellsCommitted);
        Add(meter, "gplusck.cells.verified", "Cells executed again", reading => reading.Figures.CellsVerified);
        Add(meter, "gplusck.cells.settled", "Cells paid", reading => reading.Figures.CellsSettled);
        Add(meter, "gplusck.faults.proved", "Faults proved", reading => reading.Figures.FaultsProved);
        Add(meter, "gplusck.nodes.active", "Nodes that get work", reading => reading.Figures.NodesActive);
        Add(meter, "gplusck.nodes.slashed", "Nodes slashed", reading => reading.Figures.NodesSlashed);
        Add(meter, "gplusck.rewards.epochs", "Epochs with a root", reading => reading.Figures.RewardEpochs);
        Add(meter, "gplusck.rewards.claimed", "Claims paid", reading => reading.Figures.RewardsClaimed);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Period, _time);
        do
        {
            await TryReadAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task TryReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using ChainSnapshot snapshot = await ChainSnapshot.OpenAsync(_dataSource, cancellationToken);
            NetworkFigures figures = await NetworkEndpoints.FiguresAsync(snapshot, cancellationToken);
            _last = new Reading(snapshot.AsOfBlock, figures);
        }
        catch (Exception error) when (error is NpgsqlException or RetryableException)
        {
            Log.FiguresUnread(_logger, error);
        }
    }

    // Nothing is shown before the first reading: a gauge at 0 would claim that there is nothing.
    private void Add(Meter meter, string name, string description, Func<Reading, long> value) =>
        meter.CreateObservableGauge(
            name,
            () => _last is { } reading ? [new Measurement<long>(value(reading))] : Array.Empty<Measurement<long>>(),
            unit: null,
            description);

    private sealed record Reading(long Block, NetworkFigures Figures);
}
