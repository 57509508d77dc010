using System.Data;
using Npgsql;

namespace Gplusck.Indexer.Tests.Simulation.Oracle;

/// <summary>The compared tables of a schema, read in one snapshot as any reader could.</summary>
internal static class SchemaSnapshot
{
    /// <summary>Stands between the columns of a row; no value of the simulation holds it.</summary>
    public const string Separator = "¦";

    /// <summary>The rows of every table in order; null when the indexer has not made its tables yet.</summary>
    public static async Task<IReadOnlyDictionary<string, string[]>?> ReadAsync(
        NpgsqlDataSource dataSource, string schema, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction =
            await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        await using NpgsqlCommand exists = new($"SELECT to_regclass('{schema}.checkpoint') IS NOT NULL", connection);
        if (!(bool)(await exists.ExecuteScalarAsync(cancellationToken))!)
        {
            return null;
        }

        string all = string.Join(";\n", ExpectedTables.Compared.Select(table => Select(schema, table)));
        await using NpgsqlCommand command = new(all, connection);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        Dictionary<string, string[]> tables = [];
        foreach ((string table, string columns) in ExpectedTables.Compared)
        {
            List<string> rows = [];
            while (await reader.ReadAsync(cancellationToken))
            {
                rows.Add(reader.GetString(0));
            }

            tables[table] = [.. rows];
            await reader.NextResultAsync(cancellationToken);
        }

        return tables;
    }

    private static string Select(string schema, (string Table, string Columns) table)
    {
        string columns = string.Join(", ", table.Columns.Split(',').Select(column => $"\"{column}\"::text"));
        string order = table.Columns.StartsWith("block_number,log_index", StringComparison.Ordinal)
            ? "block_number, log_index"
            : table.Table == "block" ? "number" : $"array_to_string(ARRAY[{columns}], '{Separator}') COLLATE \"C\"";
        return $"""
            SELECT array_to_string(ARRAY[{columns}], '{Separator}') AS row
                FROM "{schema}"."{table.Table}" ORDER BY {order}
            """;
    }
}
