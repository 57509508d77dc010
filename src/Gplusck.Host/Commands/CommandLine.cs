using System.CommandLine;
using Gplusck.Chain;
using Npgsql;

namespace Gplusck.Host.Commands;

/// <summary>Runs a command line: 0 done, 1 failed, 2 bad input; an error is one sentence on standard error.</summary>
internal static class CommandLine
{
    private const int Failed = 1;
    private const int BadInput = 2;

    // Postgres and the chain write what they hold before they stop.
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(60);

    public static async Task<int> InvokeAsync(RootCommand root, string[] args)
    {
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            string what = parsed.UnmatchedTokens.Count > 0
                ? $"There is no `{parsed.UnmatchedTokens[0]}` here."
                : parsed.Errors[0].Message;
            return await SayAsync($"{what} `./gplusck help` lists the commands.", BadInput);
        }

        InvocationConfiguration configuration = new()
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = StopLimit,
        };
        try
        {
            return await parsed.InvokeAsync(configuration);
        }
        catch (InvalidInputException error)
        {
            return await SayAsync(error.Message, BadInput);
        }
        catch (GplusckException error)
        {
            return await SayAsync(error.Message, Failed);
        }
        catch (NpgsqlException error)
        {
            return await SayAsync($"Postgres: {error.Message}", Failed);
        }
        catch (OperationCanceledException)
        {
            return Failed;
        }
    }

    private static async Task<int> SayAsync(string sentence, int code)
    {
        await Console.Error.WriteLineAsync($"gplusck: {sentence}");
        return code;
    }
}
