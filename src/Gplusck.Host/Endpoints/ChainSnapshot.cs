using System.Data;
using Gplusck.Chain;
using Gplusck.Database;
using Npgsql;

namespace Gplusck.Host.Endpoints;

/// <summary>One consistent view of the tables: every figure of an answer is as of the same block.</summary>
internal sealed class ChainSnapshot : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;

    private ChainSnapshot(NpgsqlConnection connection, NpgsqlTransaction transaction, Tip tip)
    {
        _connection = connection;
        _transaction = transaction;
        (AsOfBlock, AsOfTimestamp) = tip;
    }

    /// <summary>The newest indexed block.</summary>
    public long AsOfBlock { get; }

    /// <summary>Its time in Unix seconds.</summary>
    public long AsOfTimestamp { get; }

    /// <exception cref="RetryableException">No block is indexed yet.</exception>
    public static async Task<ChainSnapshot> OpenAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        const string ReadTip = """
            SELECT c.block_number, b.timestamp
            FROM gplusck.checkpoint c
            JOIN gplusck.block b ON b.number = c.block_number
            """;
        NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        try
        {
            NpgsqlTransaction transaction =
                await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
            Tip? tip = await connection.QuerySingleOrDefaultAsync<Tip>(ReadTip, null, cancellationToken, transaction);
            return tip is null
                ? throw new RetryableException("No block has been indexed yet.")
                : new ChainSnapshot(connection, transaction, tip);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public Task<IReadOnlyList<T>> ListAsync<T>(string sql, object? args, CancellationToken cancellationToken) =>
        _connection.QueryAsync<T>(sql, args, cancellationToken, _transaction);

    public Task<T> OneAsync<T>(string sql, object? args, CancellationToken cancellationToken) =>
        _connection.QuerySingleAsync<T>(sql, args, cancellationToken, _transaction);

    public Task<T?> FindAsync<T>(string sql, object? args, CancellationToken cancellationToken) =>
        _connection.QuerySingleOrDefaultAsync<T>(sql, args, cancellationToken, _transaction);

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private sealed record Tip(long BlockNumber, long Timestamp);
}
