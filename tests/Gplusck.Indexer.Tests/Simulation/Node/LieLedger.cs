namespace Gplusck.Indexer.Tests.Simulation.Node;

/// <summary>Which lies were told and what became of them. One is open at a time.</summary>
/// <param name="isStrict">Nothing but the lie can disturb, so nothing but naming it closes it.</param>
/// <param name="tally">Counts them.</param>
internal sealed class LieLedger(bool isStrict, Tally tally)
{
    private readonly Lock _lock = new();
    private Lie? _open;
    private bool _isClosed;

    /// <summary>The lie that nobody has objected to yet.</summary>
    public Lie? Open
    {
        get
        {
            lock (_lock)
            {
                return _open;
            }
        }
    }

    /// <summary>False when another lie is open: this one must not be told.</summary>
    public bool TryTell(Lie lie)
    {
        lock (_lock)
        {
            bool isFirst = _open is null && !_isClosed;
            _open = isFirst ? lie : _open;
            tally.AddIf(isFirst, $"lie: {lie.What}");
            return isFirst;
        }
    }

    /// <summary>No more lies from now on. False while one is open.</summary>
    public bool TryClose()
    {
        lock (_lock)
        {
            _isClosed = _open is null;
            return _isClosed;
        }
    }

    /// <summary>The indexer complains about something.</summary>
    public void Hear(string complaint)
    {
        lock (_lock)
        {
            if (_open is Lie lie && lie.IsNamedIn(complaint))
            {
                tally.Add("lies named");
                _open = null;
                return;
            }
        }

        Interrupt();
    }

    /// <summary>Something else made the indexer drop what it had read.</summary>
    public void Interrupt()
    {
        lock (_lock)
        {
            if (_open is not null && !isStrict)
            {
                tally.Add("lies dropped unread");
                _open = null;
            }
        }
    }
}
