namespace Gplusck.Tokenomics.Rules.Ledgers;

/// <summary>What a value was at the end of each second.</summary>
/// <typeparam name="T">The value.</typeparam>
internal sealed class Timeline<T>
{
    private readonly List<(long Time, T Value)> _changes = [];

    public void Set(long time, T value)
    {
        if (_changes.Count > 0 && _changes[^1].Time == time)
        {
            _changes[^1] = (time, value);
        }
        else
        {
            _changes.Add((time, value));
        }
    }

    /// <summary>The value at the end of second <paramref name="time"/>; <paramref name="before"/> ahead of the first
    /// change.</summary>
    public T At(long time, T before)
    {
        int index = _changes.FindLastIndex(change => change.Time <= time);
        return index < 0 ? before : _changes[index].Value;
    }
}
