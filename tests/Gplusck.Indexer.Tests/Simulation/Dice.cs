using System.Text;

namespace Gplusck.Indexer.Tests.Simulation;

/// <summary>Every choice of one simulation, from its seed.</summary>
/// <remarks>
/// A choice hangs on what is chosen, about what and for which time, never on a sequence shared by all: requests that
/// overtake each other find the same fate all the same.
/// </remarks>
internal sealed class Dice(int seed)
{
    public int Seed { get; } = seed;

    /// <summary>True at the given rate, from 0 to 1.</summary>
    public bool Chance(double rate, string what, string about = "", int time = 0) =>
        (Roll(what, about, time) >> 11) < rate * (1L << 53);

    /// <summary>From 0 to <paramref name="limit"/> - 1.</summary>
    public int Below(int limit, string what, string about = "", int time = 0) =>
        (int)(Roll(what, about, time) % (ulong)limit);

    public T Pick<T>(IReadOnlyList<T> choices, string what, string about = "", int time = 0) =>
        choices[Below(choices.Count, what, about, time)];

    /// <summary>A sequence for what is made before the run, by one thread.</summary>
    public Random Stream(string what) => new((int)(Roll(what, "", 0) >> 33));

    private ulong Roll(string what, string about, int time)
    {
        ulong hash = 0xCBF29CE484222325 ^ (ulong)Seed;
        foreach (byte octet in Encoding.UTF8.GetBytes($"{what}|{about}|{time}"))
        {
            hash = (hash ^ octet) * 0x100000001B3;
        }

        // The last bytes reach all bits only when mixed (the finaliser of SplitMix64).
        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9;
        hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EB;
        return hash ^ (hash >> 31);
    }
}
