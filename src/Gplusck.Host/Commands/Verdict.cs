namespace Gplusck.Host.Commands;

/// <summary>How a check ends: one sentence and 0, or its differences and 1.</summary>
internal static class Verdict
{
    public static async Task<int> SayAsync(string agreement, IReadOnlyList<string> differences)
    {
        if (differences.Count == 0)
        {
            await Console.Out.WriteLineAsync(agreement);
            return 0;
        }

        foreach (string difference in differences)
        {
            await Console.Out.WriteLineAsync(difference);
        }

        return 1;
    }
}
