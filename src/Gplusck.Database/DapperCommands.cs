using System.Numerics;
using Dapper;
using Npgsql;

namespace Gplusck.Database;

/// <summary>Dapper's calls with the cancellation token forwarded to the server.</summary>
public static class DapperCommands
{
    /// <summary>All rows.</summary>
    public static async Task<IReadOnlyList<T>> QueryAsync<T>(
        this NpgsqlConnection connection, string sql, object? args, CancellationToken cancellationToken,
        NpgsqlTransaction? transaction = null)
    {
        CommandDefinition command = Command(sql, args, transaction, cancellationToken);
        return IsBigInteger<T>()
            ? [.. (await connection.QueryAsync<ValueTuple<T>>(command)).Select(row => row.Item1)]
            : (await connection.QueryAsync<T>(command)).AsList();
    }

    /// <summary>The only row.</summary>
    /// <exception cref="InvalidOperationException">There are none or several.</exception>
    public static async Task<T> QuerySingleAsync<T>(
        this NpgsqlConnection connection, string sql, object? args, CancellationToken cancellationToken,
        NpgsqlTransaction? transaction = null)
    {
        CommandDefinition command = Command(sql, args, transaction, cancellationToken);
        return IsBigInteger<T>()
            ? (await connection.QuerySingleAsync<ValueTuple<T>>(command)).Item1
            : await connection.QuerySingleAsync<T>(command);
    }

    /// <summary>The only row, or the type's default when there is none.</summary>
    /// <exception cref="InvalidOperationException">There are several.</exception>
    public static async Task<T?> QuerySingleOrDefaultAsync<T>(
        this NpgsqlConnection connection, string sql, object? args, CancellationToken cancellationToken,
        NpgsqlTransaction? transaction = null)
    {
        CommandDefinition command = Command(sql, args, transaction, cancellationToken);
        return IsBigInteger<T>()
            ? (await connection.QuerySingleOrDefaultAsync<ValueTuple<T>>(command)).Item1
            : await connection.QuerySingleOrDefaultAsync<T>(command);
    }

    /// <summary>Runs statements and returns the number of rows they touched.</summary>
    public static Task<int> ExecuteAsync(
        this NpgsqlConnection connection, string sql, object? args, CancellationToken cancellationToken,
        NpgsqlTransaction? transaction = null) =>
        connection.ExecuteAsync(Command(sql, args, transaction, cancellationToken));

    /// <summary>Runs statements that take as long as they take: only cancellation ends them.</summary>
    public static Task<int> ExecuteAtLengthAsync(
        this NpgsqlConnection connection, string sql, object? args, CancellationToken cancellationToken,
        NpgsqlTransaction? transaction = null) =>
        connection.ExecuteAsync(new CommandDefinition(
            sql, args, transaction, commandTimeout: 0, cancellationToken: cancellationToken));

    private static CommandDefinition Command(
        string sql, object? args, NpgsqlTransaction? transaction, CancellationToken cancellationToken) =>
        new(sql, args, transaction, cancellationToken: cancellationToken);

    // Dapper reads a lone value of a type with a handler through decimal; as a tuple's only member it reads it exactly.
    private static bool IsBigInteger<T>() => typeof(T) == typeof(BigInteger) || typeof(T) == typeof(BigInteger?);
}
