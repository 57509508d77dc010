using Gplusck.Chain;

namespace Gplusck.Host.Devnet;

/// <summary>The checkout this program was built from: where npm put the tools and forge the contracts.</summary>
public static class Checkout
{
    private static readonly Lazy<string> Root = new(Find);

    /// <summary>Absolute path of the checkout; GPLUSCK_HOME when set (the launcher sets it).</summary>
    /// <exception cref="GplusckException">The program was moved out of its checkout.</exception>
    public static string Folder => Root.Value;

    /// <summary>A file or folder of an npm package.</summary>
    /// <exception cref="GplusckException">The package is not installed.</exception>
    public static string NodeModule(string path)
    {
        string full = Path.Combine(Folder, "node_modules", path);
        return Path.Exists(full)
            ? full
            : throw new GplusckException($"{full} is missing: run `npm ci` in {Folder}.");
    }

    private static string Find()
    {
        string? home = Environment.GetEnvironmentVariable("GPLUSCK_HOME");
        if (!string.IsNullOrEmpty(home))
        {
            return home;
        }

        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Gplusck.sln")))
            {
                return folder.FullName;
            }
        }

        throw new GplusckException("No Gplusck checkout above this program: set GPLUSCK_HOME to it.");
    }
}
