using System.Collections.Concurrent;

namespace Gplusck.Indexer.Tests.Simulation;

/// <summary>How often what happened, over all seeds: a fault that never strikes tests nothing.</summary>
internal sealed class Tally
{
    private readonly ConcurrentDictionary<string, int> _counts = new();

    public int this[string what] => _counts.GetValueOrDefault(what);

    public void Add(string what, int count = 1) => _counts.AddOrUpdate(what, count, (_, sum) => sum + count);

    public void AddIf(bool happened, string what)
    {
        if (happened)
        {
            Add(what);
        }
    }

    public override string ToString() =>
        string.Join('\n', _counts.OrderBy(entry => entry.Key).Select(entry => $"{entry.Value,9:N0}  {entry.Key}"));
}
