using Gplusck.Indexer.Tests.Simulation.World;

namespace Gplusck.Indexer.Tests.Simulation.Oracle;

/// <summary>Where tables and chain differ, in words.</summary>
internal static class Comparison
{
    private const int RowsShown = 4;

    /// <summary>Null when the tables stand at one block of the tree and hold exactly what it and its ancestors log.
    /// </summary>
    /// <param name="tables">As read in one snapshot.</param>
    /// <param name="script">The tree.</param>
    /// <param name="start">From where each contract is mirrored.</param>
    /// <param name="logsBelieved">
    /// Rows may lack while the chain moves: without proofs, logs asked for too late are those of another branch.
    /// </param>
    public static string? OfAny(
        IReadOnlyDictionary<string, string[]> tables, ChainScript script, StartBlocks start, bool logsBelieved)
    {
        if (tables["checkpoint"].Length == 0)
        {
            return Of(tables, null, start, logsBelieved);
        }

        string hash = tables["checkpoint"][0].Split($@"{SchemaSnapshot.Separator}\x")[1];
        return script.Blocks.TryGetValue($"0x{hash}", out FakeBlock? block)
            ? Of(tables, block, start, logsBelieved)
            : $"The checkpoint {tables["checkpoint"][0]} is a block that never was.";
    }

    /// <summary>Null when the tables hold exactly what a block and its ancestors log.</summary>
    public static string? Of(
        IReadOnlyDictionary<string, string[]> tables, FakeBlock? block, StartBlocks start, bool logsBelieved = false)
    {
        IReadOnlyDictionary<string, string[]> expected = ExpectedTables.At(block, start);
        HashSet<string> derived = [.. ExpectedProjections.Compared.Select(table => table.Table)];
        foreach ((string table, string[] rows) in expected)
        {
            bool maySkip = logsBelieved && table is not ("block" or "checkpoint");
            string[] missing = maySkip ? [] : [.. rows.Except(tables[table])];
            string[] extra = maySkip && derived.Contains(table) ? [] : [.. tables[table].Except(rows)];
            bool sameCount = maySkip || rows.Length == tables[table].Length;
            if (missing.Length > 0 || extra.Length > 0 || !sameCount)
            {
                return $"Table {table} at block {block?.Number.ToString() ?? "none"}: {tables[table].Length} rows, "
                    + $"{rows.Length} expected.\n{Shown("missing", missing)}{Shown("too much", extra)}";
            }
        }

        return null;
    }

    private static string Shown(string what, string[] rows) =>
        string.Concat(rows.Take(RowsShown).Select(row => $"  {what}: {row}\n"));
}
