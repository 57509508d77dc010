using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Gplusck.Outbox.Tests;

/// <summary>Keeps warnings and errors, so that a test that waits in vain says why.</summary>
internal sealed class RecordingLogger : ILogger<OutboxSender>
{
    private readonly ConcurrentQueue<string> _lines = [];

    public string Lines => string.Join(Environment.NewLine, _lines.TakeLast(20));

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue($"{formatter(state, exception)} {exception}");
}
