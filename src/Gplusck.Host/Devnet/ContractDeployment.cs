using System.Diagnostics;
using Gplusck.Chain;

namespace Gplusck.Host.Devnet;

/// <summary>Deploys the contracts with contracts/script/Deploy.s.sol, the one definition of a deployment.</summary>
public static class ContractDeployment
{
    /// <summary>Deploys to the chain behind <paramref name="rpc"/> and writes the addresses to a file.</summary>
    /// <param name="rpc">JSON-RPC address of the chain.</param>
    /// <param name="deployerKey">Key of the deployer, 0x hex; only development keys belong on a command line.</param>
    /// <param name="parameters">Environment of the script, by name, as docs/contracts.md lists them.</param>
    /// <param name="deploymentFile">Written once every transaction is in a block.</param>
    /// <param name="cancellationToken">Stops forge.</param>
    /// <exception cref="GplusckException">forge failed; carries its last line.</exception>
    public static async Task DeployAsync(
        Uri rpc,
        string deployerKey,
        IReadOnlyDictionary<string, string> parameters,
        string deploymentFile,
        CancellationToken cancellationToken)
    {
        string unconfirmed = deploymentFile + ".unconfirmed";
        string scratch = Directory.CreateTempSubdirectory("gplusck-deploy-").FullName;
        ProcessStartInfo start = new(
            Checkout.NodeModule("@foundry-rs/forge-linux-amd64/bin/forge"),
            ["script", "script/Deploy.s.sol", "--rpc-url", rpc.ToString(), "--private-key", deployerKey, "--broadcast"])
        {
            WorkingDirectory = Path.Combine(Checkout.Folder, "contracts"),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in parameters)
        {
            start.Environment[name] = value;
        }

        start.Environment["DEPLOYMENT_FILE"] = unconfirmed;
        // Deployments beside each other, as in tests, must not share forge's record of what it sent.
        start.Environment["FOUNDRY_BROADCAST"] = scratch;
        try
        {
            await RunAsync(start, cancellationToken);
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }

        File.Move(unconfirmed, deploymentFile, overwrite: true);
    }

    private static async Task RunAsync(ProcessStartInfo start, CancellationToken cancellationToken)
    {
        using Process forge = Process.Start(start) ?? throw new GplusckException("forge did not start.");
        try
        {
            Task<string> output = forge.StandardOutput.ReadToEndAsync(cancellationToken);
            string errors = await forge.StandardError.ReadToEndAsync(cancellationToken);
            await output;
            await forge.WaitForExitAsync(cancellationToken);
            if (forge.ExitCode != 0)
            {
                throw new GplusckException($"The contracts could not be deployed: {errors.Trim()}");
            }
        }
        finally
        {
            if (!forge.HasExited)
            {
                forge.Kill(entireProcessTree: true);
            }
        }
    }
}
