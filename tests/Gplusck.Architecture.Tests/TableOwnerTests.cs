using System.Text.RegularExpressions;

namespace Gplusck.Architecture.Tests;

/// <summary>Rooms meet in Postgres: every schema has exactly one room that writes it.</summary>
public sealed partial class TableOwnerTests
{
    private static readonly Dictionary<string, string> Writer = new()
    {
        ["outbox"] = "Gplusck.Outbox",
        ["verify"] = "Gplusck.GpuVerify",
        ["rewards"] = "Gplusck.Tokenomics",
        ["supply"] = "Gplusck.Tokenomics",
        ["gplusck"] = "Gplusck.Indexer",
    };

    [Fact]
    public void A_room_writes_only_to_its_own_schemas()
    {
        string[] trespasses =
        [
            .. SourceTree.Files(".cs").Where(file => file.Name.StartsWith("src/", StringComparison.Ordinal))
                .SelectMany(file => Write().Matches(file.Text)
                    .Select(write => (file, Schema: write.Groups["schema"].Value.ToLowerInvariant())))
                .Where(write => Writer.TryGetValue(write.Schema, out string? room) && room != write.file.Project)
                .Select(write => $"{write.file.Name} writes schema {write.Schema}"),
        ];
        Assert.Empty(trespasses);
    }

    [GeneratedRegex(
        @"\b(insert\s+into|update|delete\s+from|copy|truncate(\s+table)?)\s+(?<schema>[a-z_]+)\.[a-z_]+",
        RegexOptions.IgnoreCase)]
    private static partial Regex Write();
}
