using System.Text.RegularExpressions;
using Gplusck.Host.Devnet;

namespace Gplusck.Architecture.Tests;

/// <summary>The files people wrote: generated code, packages and build output are left out.</summary>
internal static partial class SourceTree
{
    private static readonly string[] Folders = ["src", "tests", "bench", "contracts", "tools", "web", "docs"];

    public static IEnumerable<SourceFile> Files(params string[] extensions) =>
        Folders
            .Select(folder => Path.Combine(Checkout.Folder, folder))
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            .Where(path => extensions.Contains(Path.GetExtension(path)) && !Ignored().IsMatch(path))
            .Select(path => new SourceFile(Path.GetRelativePath(Checkout.Folder, path), path));

    [GeneratedRegex(@"/(node_modules|dist|out|cache|broadcast|obj|bin|artifacts)/|\.g\.cs$|\.d\.ts$")]
    private static partial Regex Ignored();
}

internal sealed record SourceFile(string Name, string FullPath)
{
    public string[] Lines => File.ReadAllLines(FullPath);

    public string Text => File.ReadAllText(FullPath);

    /// <summary>`Gplusck.Chain` for src/Gplusck.Chain/…</summary>
    public string Project => Name.Split('/')[1];
}
