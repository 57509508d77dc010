using Gplusck.Chain.Primitives;
using Gplusck.Database;
using Npgsql;

namespace Gplusck.Outbox;

/// <summary>The right to send for one account. One holder per database; it ends with its connection.</summary>
/// <remarks>Every write of the holder goes through <see cref="Connection"/>: who loses the connection can write no
/// more.</remarks>
internal sealed class AccountLease : IAsyncDisposable
{
    private AccountLease(NpgsqlConnection connection) => Connection = connection;

    public NpgsqlConnection Connection { get; }

    /// <summary>Null while another sender holds the account.</summary>
    public static async Task<AccountLease?> TryTakeAsync(
        NpgsqlDataSource dataSource, Address account, CancellationToken cancellationToken)
    {
        const string TryLock = "SELECT pg_try_advisory_lock(hashtextextended('gplusck.outbox ' || @account, 0))";
        NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        try
        {
            bool taken = await connection.QuerySingleAsync<bool>(
                TryLock, new { account = account.ToString() }, cancellationToken);
            if (taken)
            {
                return new AccountLease(connection);
            }
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }

        await connection.DisposeAsync();
        return null;
    }

    /// <summary>Lets the next sender in: a connection that goes back to the pool drops its session's locks.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Connection.State == System.Data.ConnectionState.Open)
        {
            await using NpgsqlCommand unlock = new("SELECT pg_advisory_unlock_all()", Connection);
            await unlock.ExecuteNonQueryAsync(CancellationToken.None);
        }

        await Connection.DisposeAsync();
    }
}
