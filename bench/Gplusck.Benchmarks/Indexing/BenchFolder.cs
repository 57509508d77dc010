using Gplusck.Host.Devnet;

namespace Gplusck.Benchmarks.Indexing;

/// <summary>What benchmarks keep between runs, and the logs of what they start.</summary>
internal static class BenchFolder
{
    /// <summary>Absolute path; the folder is there.</summary>
    public static string Path { get; } =
        Directory.CreateDirectory(System.IO.Path.Combine(Checkout.Folder, ".gplusck", "bench")).FullName;
}
