using System.Diagnostics;

namespace Gplusck.Benchmarks;

/// <summary>Times several ways of doing the same work, in turn, so that a busy moment hits all of them alike.</summary>
public static class Stopwatches
{
    /// <summary>The median seconds of each action over the rounds, after one round that does not count.</summary>
    public static double[] Medians(int rounds, params Action[] actions)
    {
        double[][] seconds = [.. actions.Select(_ => new double[rounds])];
        for (int round = -1; round < rounds; round++)
        {
            for (int i = 0; i < actions.Length; i++)
            {
                long start = Stopwatch.GetTimestamp();
                actions[i]();
                double elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
                if (round >= 0)
                {
                    seconds[i][round] = elapsed;
                }
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
