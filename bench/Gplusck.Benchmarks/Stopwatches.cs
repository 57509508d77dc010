using System.Diagnostics;

namespace Gplusck.Benchmarks;

/// <summary>Times several ways of doing the same work, in turn, so that a busy moment hits all of them alike.</summary>
public static class Stopwatches
{
    // Long enough for the runtime to have compiled every hot method a second time, with optimisations.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    /// <summary>The median seconds of each action over the rounds, after a second of warm-up each.</summary>
    public static double[] Medians(int rounds, params Action[] actions)
    {
        foreach (Action action in actions)
        {
            long start = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(start) < WarmUp)
            {
                action();
            }
        }

        double[][] seconds = [.. actions.Select(_ => new double[rounds])];
        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < actions.Length; i++)
            {
                long start = Stopwatch.GetTimestamp();
                actions[i]();
                seconds[i][round] = Stopwatch.GetElapsedTime(start).TotalSeconds;
            }
        }

        return [.. seconds.Select(Median)];
    }

    private static double Median(double[] sample)
    {
        Array.Sort(sample);
        return sample[sample.Length / 2];
    }
}
