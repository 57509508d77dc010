using System.Diagnostics;
using System.Security.Cryptography;
using Gplusck.Chain;

namespace Gplusck.Host.Devnet;

/// <summary>A folder with npm packages of its own, too heavy for everybody's install: fetched when first asked for.
/// </summary>
public static class NpmFolder
{
    private const string Lock = "package-lock.json";

    /// <summary>Installs what the folder's lock file says, unless that is already there.</summary>
    /// <param name="folder">Path below the checkout, with a <c>package.json</c> and its lock file.</param>
    /// <param name="cancellationToken">Kills npm; the next call starts anew.</param>
    /// <returns>Absolute path of the folder.</returns>
    /// <exception cref="GplusckException">npm failed; says what it printed last.</exception>
    public static async Task<string> InstallAsync(string folder, CancellationToken cancellationToken)
    {
        string full = Path.Combine(Checkout.Folder, folder);
        byte[] locked = await File.ReadAllBytesAsync(Path.Combine(full, Lock), cancellationToken);
        string wanted = Convert.ToHexStringLower(SHA256.HashData(locked));
        string stamp = Path.Combine(full, "node_modules", ".installed");
        if (!File.Exists(stamp) || await File.ReadAllTextAsync(stamp, cancellationToken) != wanted)
        {
            await RunNpmAsync(full, cancellationToken);
            await File.WriteAllTextAsync(stamp, wanted, cancellationToken);
        }

        return full;
    }

    private static async Task RunNpmAsync(string folder, CancellationToken cancellationToken)
    {
        ProcessStartInfo start = new("npm", ["ci", "--no-audit", "--no-fund", "--no-progress"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process npm = Process.Start(start) ?? throw new GplusckException("npm did not start.");
        try
        {
            Task<string> output = npm.StandardOutput.ReadToEndAsync(cancellationToken);
            string errors = await npm.StandardError.ReadToEndAsync(cancellationToken);
            await output;
            await npm.WaitForExitAsync(cancellationToken);
            if (npm.ExitCode != 0)
            {
                throw new GplusckException($"npm ci in {folder} failed: {errors.Trim()}");
            }
        }
        finally
        {
            if (!npm.HasExited)
            {
                npm.Kill(entireProcessTree: true);
            }
        }
    }
}
