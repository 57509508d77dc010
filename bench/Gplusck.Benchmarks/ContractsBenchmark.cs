using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Gplusck.Chain;
using Gplusck.Host.Devnet;

namespace Gplusck.Benchmarks;

/// <summary>Coverage, mutation score, gas and size of the contracts against their goals.</summary>
/// <remarks>tools/quality.mjs measures, with forge and solc; it tries every mutant, which takes many minutes.</remarks>
public sealed class ContractsBenchmark : IBenchmark
{
    public string Name => "contracts";

    public async IAsyncEnumerable<Measurement> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ProcessStartInfo start = new("node", [Path.Combine(Checkout.Folder, "tools", "quality.mjs")])
        {
            RedirectStandardOutput = true,
        };
        using Process node = Process.Start(start) ?? throw new GplusckException("node did not start.");
        try
        {
            while (await node.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
            {
                yield return JsonSerializer.Deserialize<Measurement>(line)!;
            }

            await node.WaitForExitAsync(cancellationToken);
        }
        finally
        {
            if (!node.HasExited)
            {
                node.Kill(entireProcessTree: true);
            }
        }

        if (node.ExitCode != 0)
        {
            throw new GplusckException($"tools/quality.mjs ended with {node.ExitCode}.");
        }
    }
}
