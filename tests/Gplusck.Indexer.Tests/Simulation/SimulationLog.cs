using System.Collections.Concurrent;
using Gplusck.Indexer.Tests.Simulation.Node;
using Microsoft.Extensions.Logging;

namespace Gplusck.Indexer.Tests.Simulation;

/// <summary>Passes the indexer's complaints to the ledger and keeps its last lines.</summary>
internal sealed class SimulationLog(LieLedger lies, Tally tally) : ILogger
{
    private const int LinesKept = 40;

    private readonly ConcurrentQueue<string> _lines = new();

    public string Tail => string.Join('\n', _lines);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        string line = formatter(state, exception);
        Keep(line);

        // A log that the ABI does not fit is the contract's doing, not the node's.
        if (logLevel >= LogLevel.Warning && eventId.Name != "Undecoded")
        {
            tally.Add("complaints");
            lies.Hear(line);
        }
        else if (line.StartsWith("Reorg", StringComparison.Ordinal))
        {
            tally.Add("reorgs undone");
            lies.Interrupt();
        }
    }

    public void Keep(string line)
    {
        _lines.Enqueue(line);
        while (_lines.Count > LinesKept)
        {
            _lines.TryDequeue(out _);
        }
    }
}
