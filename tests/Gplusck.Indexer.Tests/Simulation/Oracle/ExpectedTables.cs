using Gplusck.Indexer.Tests.Simulation.World;

namespace Gplusck.Indexer.Tests.Simulation.Oracle;

/// <summary>What the tables hold when they stand at a block, from the chain's own list of logs.</summary>
internal static class ExpectedTables
{
    private static readonly (string Table, string Columns)[] EventTables =
    [
        ("coin_transfer", "from,to,value"),
        ("coin_approval", "owner,spender,value"),
        ("nft_transfer", "from,to,value"),
        ("multi_transfer_single", "operator,from,to,id,value"),
        ("multi_transfer_batch", "operator,from,to,ids,values"),
        ("zoo_note", "kind,message,blob,numbers,pair"),
        ("zoo_label", "label,amount"),
        ($"zoo_ping_{Words.Topic(Contracts.PingNumber)[2..10]}", "number"),
        ($"zoo_ping_{Words.Topic(Contracts.PingAddress)[2..10]}", "who,flag"),
    ];

    /// <summary>The tables that are compared, with their columns.</summary>
    public static IReadOnlyList<(string Table, string Columns)> Compared { get; } =
    [
        ("block", "number,hash,parent_hash,timestamp"),
        ("checkpoint", "block_number,block_hash"),
        ("undecoded", $"{Place},address,topics,data"),
        .. EventTables.Select(table => (table.Table, $"{Place},{table.Columns}")),
        .. ExpectedProjections.Compared,
    ];

    private const string Place = "block_number,log_index,block_hash,transaction_hash,transaction_index";

    /// <summary>The rows of every table, columns joined as <see cref="SchemaSnapshot"/> does.</summary>
    public static IReadOnlyDictionary<string, string[]> At(FakeBlock? checkpoint, StartBlocks start)
    {
        FakeBlock[] blocks = checkpoint is null
            ? []
            : [.. checkpoint.Branch().TakeWhile(block => block.Number >= start.First).Reverse()];
        PlacedLog[] logs = [.. blocks.SelectMany(block => block.PlacedLogs())
            .Where(placed => placed.Block.Number >= start.Of(placed.Log.Address))];
        Dictionary<string, string[]> tables = new()
        {
            ["block"] = [.. blocks.Select(block => Row(
                $"{block.Number}", Bytea(block.Hash), Bytea(BlockParent(block)), $"{block.Timestamp}"))],
            ["checkpoint"] = checkpoint is null ? [] : [Row($"{checkpoint.Number}", Bytea(checkpoint.Hash))],
            ["undecoded"] = [.. logs.Where(placed => placed.Log.Malformed).Select(Undecoded)],
        };
        foreach ((string table, _) in EventTables)
        {
            tables[table] = [.. logs.Where(placed => placed.Log.Table == table)
                .Select(placed => Row([.. PlaceOf(placed), .. placed.Log.Values!]))];
        }

        foreach ((string table, string[] rows) in ExpectedProjections.Of([.. logs.Select(placed => placed.Log)]))
        {
            tables[table] = rows;
        }

        return tables;
    }

    public static string Row(params string[] columns) => string.Join(SchemaSnapshot.Separator, columns);

    private static string BlockParent(FakeBlock block) => block.Parent?.Hash ?? $"0x{new string('0', 64)}";

    private static string Undecoded(PlacedLog placed)
    {
        string topics = string.Join(',', placed.Log.Topics.Select(topic => $"\"\\\\x{topic[2..]}\""));
        return Row([
            .. PlaceOf(placed), Bytea(placed.Log.Address), $"{{{topics}}}", Bytea(FakeLog.Hex(placed.Log.Data))]);
    }

    private static string[] PlaceOf(PlacedLog placed) =>
    [
        $"{placed.Block.Number}", $"{placed.LogIndex}", Bytea(placed.Block.Hash), Bytea(placed.Transaction.Hash),
        $"{placed.TransactionIndex}",
    ];

    private static string Bytea(string hex) => $@"\x{hex[2..]}";
}
