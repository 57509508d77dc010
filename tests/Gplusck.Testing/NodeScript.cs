using System.Diagnostics;
using System.Text.Json;
using Gplusck.Host.Devnet;

namespace Gplusck.Testing;

/// <summary>Runs JavaScript on node inside the checkout, where it can import viem, ethers and the like.</summary>
/// <remarks>
/// The script is an ES module that finds its <c>input</c> (what was passed, as JSON) and must call
/// <c>output(value)</c> once. Top-level await and static imports work; a bigint in the output becomes a decimal string.
/// </remarks>
public static class NodeScript
{
    private const string Prelude = """
        const chunks = [];
        for await (const chunk of process.stdin) chunks.push(chunk);
        const input = JSON.parse(Buffer.concat(chunks).toString('utf8'));
        const output = (value) => process.stdout.write(
            JSON.stringify(value, (_, part) => typeof part === 'bigint' ? part.toString() : part));

        """;

    /// <summary>Runs <paramref name="script"/> and returns what it put out.</summary>
    /// <exception cref="InvalidOperationException">
    /// The script failed; the message holds what it wrote to stderr.
    /// </exception>
    public static async Task<JsonElement> RunAsync(string script, object? input, CancellationToken cancellationToken)
    {
        ProcessStartInfo start = new("node", ["--input-type=module", "--eval", Prelude + script])
        {
            WorkingDirectory = Checkout.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process node = Process.Start(start) ?? throw new InvalidOperationException("node did not start.");
        try
        {
            Task<string> errors = node.StandardError.ReadToEndAsync(cancellationToken);
            Task<string> answer = node.StandardOutput.ReadToEndAsync(cancellationToken);
            await FeedAsync(node, input, cancellationToken);
            await node.WaitForExitAsync(cancellationToken);
            return node.ExitCode == 0
                ? JsonElement.Parse(await answer)
                : throw new InvalidOperationException($"node ended with {node.ExitCode}: {await errors}");
        }
        finally
        {
            if (!node.HasExited)
            {
                node.Kill(entireProcessTree: true);
            }
        }
    }

    private static async Task FeedAsync(Process node, object? input, CancellationToken cancellationToken)
    {
        try
        {
            await using Stream stream = node.StandardInput.BaseStream;
            await JsonSerializer.SerializeAsync(stream, input, cancellationToken: cancellationToken);
        }
        catch (IOException) when (!cancellationToken.IsCancellationRequested)
        {
            // A script with a syntax error ends before it reads its input. Its stderr tells more than the broken pipe.
            await node.WaitForExitAsync(cancellationToken);
        }
    }
}
