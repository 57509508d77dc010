using Gplusck.Chain.Bindings;
using Gplusck.Chain.Primitives;
using Gplusck.Database;
using Npgsql;

namespace Gplusck.Outbox;

/// <summary>Where the rooms leave transactions to the chain: each key is executed exactly once.</summary>
/// <remarks>
/// The row becomes visible to the sender when the caller's database transaction commits, so that a decision and its
/// transaction happen together or not at all. <see cref="OutboxSender"/> does the rest.
/// </remarks>
public sealed class TransactionOutbox(NpgsqlDataSource dataSource)
{
    /// <summary>Leaves a transaction to be sent.</summary>
    /// <param name="connection">The caller's connection.</param>
    /// <param name="transaction">The caller's database transaction on it; null commits at once.</param>
    /// <param name="key">What the transaction is for, such as <c>settle:42</c>.</param>
    /// <param name="from">Account that sends; a sender that holds its key must run somewhere on this database.</param>
    /// <param name="to">Contract or account called.</param>
    /// <param name="data">Call data.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="after">Key of a transaction that must be in a block of an earlier second first; null waits for
    /// none. When that one fails, this one fails unsent.</param>
    /// <param name="gasFloor">Least gas limit, for a call that costs more when another one comes before it.</param>
    /// <returns>False when the key was there before; nothing is changed then.</returns>
#pragma warning disable CA1822 // Rooms hold an outbox; that this method needs no state of it is no promise.
    public async Task<bool> EnqueueAsync(
#pragma warning restore CA1822
        NpgsqlConnection connection,
        NpgsqlTransaction? transaction,
        string key,
        Address from,
        Address to,
        byte[] data,
        CancellationToken cancellationToken,
        string? after = null,
        long gasFloor = 0)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentException.ThrowIfNullOrEmpty(key);
        const string Insert = """
            INSERT INTO outbox.transaction (key, sender, recipient, data, after_key, gas_floor)
            VALUES (@key, @from, @to, @data, @after, @gasFloor)
            ON CONFLICT (key) DO NOTHING
            """;
        object values = new { key, from, to, data, after, gasFloor };
        return await connection.ExecuteAsync(Insert, values, cancellationToken, transaction) == 1;
    }

    /// <summary>Leaves a contract call to be sent; see the other overload.</summary>
    public Task<bool> EnqueueAsync<T>(
        NpgsqlConnection connection,
        NpgsqlTransaction? transaction,
        string key,
        Address from,
        Call<T> call,
        CancellationToken cancellationToken,
        string? after = null,
        long gasFloor = 0)
    {
        ArgumentNullException.ThrowIfNull(call);
        return EnqueueAsync(
            connection, transaction, key, from, call.To, call.Data, cancellationToken, after, gasFloor);
    }

    /// <summary>What became of a key; null when it was never enqueued.</summary>
    public async Task<OutboxStatus?> StatusAsync(string key, CancellationToken cancellationToken)
    {
        const string Select = """
            SELECT state, transaction_hash AS TransactionHash, block_number AS BlockNumber, error
            FROM outbox.transaction
            WHERE key = @key
            """;
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        StatusRow? row = await connection.QuerySingleOrDefaultAsync<StatusRow>(Select, new { key }, cancellationToken);
        return row is null
            ? null
            : new OutboxStatus(
                Enum.Parse<OutboxState>(row.State, ignoreCase: true), row.TransactionHash, row.BlockNumber, row.Error);
    }

    /// <summary>Puts a transaction that was refused before it was signed back into the queue, to be tried
    /// again.</summary>
    /// <returns>False when the key is unknown or stands anywhere else. One that reverted in a block is not tried again:
    /// a reorg could bring the old version back beside the new one.</returns>
    public async Task<bool> RequeueAsync(string key, CancellationToken cancellationToken)
    {
        const string Update = """
            UPDATE outbox.transaction
            SET state = 'queued', error = NULL, changed_at = now()
            WHERE key = @key AND state = 'failed' AND nonce IS NULL
            """;
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteAsync(Update, new { key }, cancellationToken) == 1;
    }

    private sealed record StatusRow(string State, Hash32? TransactionHash, long? BlockNumber, string? Error);
}
