using Gplusck.Chain.Rpc;
using Gplusck.Indexer.Schema;
using Gplusck.Indexer.Sources;
using Npgsql;
using NpgsqlTypes;

namespace Gplusck.Indexer.Storage;

/// <summary>Writes a segment's rows by binary COPY inside the connection's transaction.</summary>
internal static class SegmentRows
{
    public static async Task WriteAsync(
        NpgsqlConnection connection, SchemaPlan plan, ChainSegment segment, DecodedLogs logs,
        CancellationToken cancellationToken)
    {
        await WriteBlocksAsync(connection, plan, segment.Headers, cancellationToken);
        foreach ((EventTable table, List<EventRow> rows) in logs.Rows)
        {
            await WriteEventsAsync(connection, table, rows, cancellationToken);
        }

        if (logs.Undecoded.Count > 0)
        {
            await WriteUndecodedAsync(connection, plan, logs.Undecoded, cancellationToken);
        }
    }

    private static async Task WriteBlocksAsync(
        NpgsqlConnection connection,
        SchemaPlan plan, IReadOnlyList<BlockHeader> headers, CancellationToken cancellationToken)
    {
        await using NpgsqlBinaryImporter importer = await connection.BeginBinaryImportAsync(
            $"COPY {plan.Table("block")} (number, hash, parent_hash, timestamp) FROM STDIN (FORMAT BINARY)",
            cancellationToken);
        foreach (BlockHeader header in headers)
        {
            await importer.StartRowAsync(cancellationToken);
            await importer.WriteAsync(header.Number, NpgsqlDbType.Bigint, cancellationToken);
            await importer.WriteAsync(header.Hash.ToArray(), NpgsqlDbType.Bytea, cancellationToken);
            await importer.WriteAsync(header.ParentHash.ToArray(), NpgsqlDbType.Bytea, cancellationToken);
            await importer.WriteAsync(header.Timestamp, NpgsqlDbType.Bigint, cancellationToken);
        }

        await importer.CompleteAsync(cancellationToken);
    }

    private static async Task WriteEventsAsync(
        NpgsqlConnection connection, EventTable table, List<EventRow> rows, CancellationToken cancellationToken)
    {
        await using NpgsqlBinaryImporter importer =
            await connection.BeginBinaryImportAsync(table.CopySql, cancellationToken);
        foreach (EventRow row in rows)
        {
            await StartRowAsync(importer, row.Log, cancellationToken);
            for (int index = 0; index < row.Values.Length; index++)
            {
                await table.Columns[index].WriteAsync(importer, row.Values[index], cancellationToken);
            }
        }

        await importer.CompleteAsync(cancellationToken);
    }

    private static async Task WriteUndecodedAsync(
        NpgsqlConnection connection,
        SchemaPlan plan, IReadOnlyList<UndecodedLog> logs, CancellationToken cancellationToken)
    {
        await using NpgsqlBinaryImporter importer = await connection.BeginBinaryImportAsync(
            $"""
            COPY {plan.Table("undecoded")} (block_number, block_hash, transaction_hash, transaction_index, log_index,
                address, topics, data, reason)
            FROM STDIN (FORMAT BINARY)
            """,
            cancellationToken);
        foreach ((LogEntry log, string reason) in logs)
        {
            await StartRowAsync(importer, log, cancellationToken);
            await importer.WriteAsync(log.Address.ToArray(), NpgsqlDbType.Bytea, cancellationToken);
            byte[][] topics = [.. log.Topics.Select(topic => topic.ToArray())];
            await importer.WriteAsync(topics, NpgsqlDbType.Array | NpgsqlDbType.Bytea, cancellationToken);
            await importer.WriteAsync(log.Data, NpgsqlDbType.Bytea, cancellationToken);
            await importer.WriteAsync(reason, NpgsqlDbType.Text, cancellationToken);
        }

        await importer.CompleteAsync(cancellationToken);
    }

    private static async Task StartRowAsync(
        NpgsqlBinaryImporter importer, LogEntry log, CancellationToken cancellationToken)
    {
        await importer.StartRowAsync(cancellationToken);
        await importer.WriteAsync(log.BlockNumber, NpgsqlDbType.Bigint, cancellationToken);
        await importer.WriteAsync(log.BlockHash.ToArray(), NpgsqlDbType.Bytea, cancellationToken);
        await importer.WriteAsync(log.TransactionHash.ToArray(), NpgsqlDbType.Bytea, cancellationToken);
        await importer.WriteAsync(log.TransactionIndex, NpgsqlDbType.Integer, cancellationToken);
        await importer.WriteAsync(log.LogIndex, NpgsqlDbType.Integer, cancellationToken);
    }
}
