using Gplusck.Indexer.Decoding;
using Gplusck.Indexer.Factories;
using Gplusck.Indexer.Schema;
using Npgsql;

namespace Gplusck.Indexer.Storage;

/// <summary>Writes a segment inside the connection's transaction.</summary>
internal static class SegmentRows
{
    public static async Task WriteAsync(
        NpgsqlConnection connection, SchemaPlan plan, DecodedSegment segment, CancellationToken cancellationToken)
    {
        await RawCopy.SendAsync(
            connection,
            $"COPY {plan.Table("block")} (number, hash, parent_hash, timestamp, state_hash) FROM STDIN (FORMAT BINARY)",
            segment.Blocks,
            cancellationToken);
        foreach ((EventTable table, CopyRows rows) in segment.Rows)
        {
            await RawCopy.SendAsync(connection, table.CopySql, rows, cancellationToken);
        }

        await RawCopy.SendAsync(
            connection,
            $"""
            COPY {plan.Table("undecoded")} (block_number, block_hash, transaction_hash, transaction_index, log_index,
                address, topics, data, reason)
            FROM STDIN (FORMAT BINARY)
            """,
            segment.Undecoded,
            cancellationToken);
        foreach (IGrouping<IndexedContract, DiscoveredChild> children in segment.Children
            .GroupBy(child => child.Contract))
        {
            await WriteChildrenAsync(connection, plan, children, cancellationToken);
        }
    }

    private static async Task WriteChildrenAsync(
        NpgsqlConnection connection, SchemaPlan plan, IGrouping<IndexedContract, DiscoveredChild> children,
        CancellationToken cancellationToken)
    {
        using CopyRows rows = new();
        foreach (DiscoveredChild child in children)
        {
            rows.BeginRow(3);
            child.Address.CopyTo(rows.Field(Chain.Primitives.Address.Length));
            rows.Bigint(child.BlockNumber);
            rows.Integer(child.LogIndex);
        }

        string table = plan.Table(SchemaPlan.ChildTable(children.Key));
        await RawCopy.SendAsync(
            connection,
            $"COPY {table} (address, block_number, log_index) FROM STDIN (FORMAT BINARY)",
            rows,
            cancellationToken);
    }
}
