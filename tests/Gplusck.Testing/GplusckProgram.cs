using System.Diagnostics;
using Gplusck.Host.Devnet;

namespace Gplusck.Testing;

/// <summary>The program as its user runs it: a process of its own.</summary>
public static class GplusckProgram
{
    /// <summary>Starts a command; the caller reads what it prints.</summary>
    public static Process Start(params string[] arguments)
    {
        string assembly = Path.Combine(AppContext.BaseDirectory, "Gplusck.Host.dll");
        ProcessStartInfo start = new("dotnet", [assembly, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["GPLUSCK_HOME"] = Checkout.Folder;
        return Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
    }

    /// <summary>Runs a command to its end.</summary>
    public static async Task<(int Code, string Output, string Errors)> RunAsync(
        CancellationToken cancellationToken, params string[] arguments)
    {
        using Process process = Start(arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        string errors = await process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, await output, errors);
    }
}
