using Gplusck.Chain.Primitives;
using Gplusck.Database;
using Gplusck.Indexer.Projections;
using Gplusck.Indexer.Schema;
using Gplusck.Indexer.Sources;
using Npgsql;

namespace Gplusck.Indexer.Storage;

/// <summary>The tables of one schema, held by this indexer alone for as long as the store is open.</summary>
/// <remarks>
/// The lock and every write are of one connection: whoever loses the lock has lost the way to write too.
/// </remarks>
internal sealed class IndexStore : IAsyncDisposable
{
    // A killed indexer's connection is noticed by Postgres at once as a rule, within this time for certain.
    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LockPoll = TimeSpan.FromMilliseconds(100);

    private readonly NpgsqlDataSource _dataSource;
    private readonly NpgsqlConnection _connection;
    private readonly SchemaPlan _plan;

    private IndexStore(NpgsqlDataSource dataSource, NpgsqlConnection connection, SchemaPlan plan)
    {
        _dataSource = dataSource;
        _connection = connection;
        _plan = plan;
    }

    /// <summary>Last block committed; null when there is none.</summary>
    public BlockRef? Checkpoint { get; private set; }

    /// <exception cref="SchemaLockedException">Another indexer holds the schema.</exception>
    /// <exception cref="IndexerException">The schema was built from something else.</exception>
    public static async Task<IndexStore> OpenAsync(
        NpgsqlDataSource dataSource, SchemaPlan plan, ChainIdentity chain, TimeProvider time,
        CancellationToken cancellationToken)
    {
        NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        try
        {
            await LockAsync(connection, plan.Schema, time, cancellationToken);
            await SchemaBuild.EnsureAsync(connection, plan, chain, cancellationToken);
            IReadOnlyList<BlockRef> checkpoint = await connection.QueryAsync<BlockRef>(
                $"SELECT block_number AS number, block_hash AS hash FROM {plan.Table("checkpoint")}",
                null, cancellationToken);
            return new IndexStore(dataSource, connection, plan)
            {
                Checkpoint = checkpoint.Count > 0 ? checkpoint[0] : null,
            };
        }
        catch
        {
            dataSource.Clear();
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>The stored hash of a block, or null when it is not stored.</summary>
    public Task<Hash32?> HashAtAsync(long number, CancellationToken cancellationToken) =>
        _connection.QuerySingleOrDefaultAsync<Hash32?>(
            $"SELECT hash FROM {_plan.Table("block")} WHERE number = @number", new { number }, cancellationToken);

    /// <summary>
    /// Adds a segment that continues the checkpoint: rows, projections, blocks and checkpoint in one transaction.
    /// </summary>
    public async Task CommitAsync(ChainSegment segment, DecodedLogs logs, CancellationToken cancellationToken)
    {
        await using NpgsqlTransaction transaction = await _connection.BeginTransactionAsync(cancellationToken);
        await SegmentRows.WriteAsync(_connection, _plan, segment, logs, cancellationToken);
        foreach (Erc20Balance balance in _plan.Balances)
        {
            await balance.ApplyAsync(
                _connection, transaction, segment.First.Number, segment.Last.Number, cancellationToken);
        }

        await MoveCheckpointAsync(transaction, BlockRef.Of(segment.Last), cancellationToken);
    }

    /// <summary>Undoes everything above <paramref name="ancestor"/> in one transaction.</summary>
    public async Task RollBackAsync(long ancestor, CancellationToken cancellationToken)
    {
        Hash32? hash = await HashAtAsync(ancestor, cancellationToken);
        await using NpgsqlTransaction transaction = await _connection.BeginTransactionAsync(cancellationToken);
        foreach (Erc20Balance balance in _plan.Balances)
        {
            await balance.RevertAsync(_connection, transaction, ancestor, cancellationToken);
        }

        foreach (string table in _plan.Tables.Select(table => table.QualifiedName).Append(_plan.Table("undecoded")))
        {
            await _connection.ExecuteAsync(
                $"DELETE FROM {table} WHERE block_number > @ancestor",
                new { ancestor }, cancellationToken, transaction);
        }

        await _connection.ExecuteAsync(
            $"DELETE FROM {_plan.Table("block")} WHERE number > @ancestor",
            new { ancestor }, cancellationToken, transaction);
        await MoveCheckpointAsync(
            transaction, hash is Hash32 known ? new BlockRef(ancestor, known) : null, cancellationToken);
    }

    /// <summary>Gives the schema free.</summary>
    public async ValueTask DisposeAsync()
    {
        // A closed connection goes back to the pool as it is, and the lock with it; after this it is not taken back.
        _dataSource.Clear();
        await _connection.DisposeAsync();
    }

    private async Task MoveCheckpointAsync(
        NpgsqlTransaction transaction, BlockRef? next, CancellationToken cancellationToken)
    {
        string checkpoint = _plan.Table("checkpoint");
        if (next is BlockRef block)
        {
            await _connection.ExecuteAsync(
                $"""
                INSERT INTO {checkpoint} (block_number, block_hash) VALUES (@Number, @Hash)
                ON CONFLICT (one) DO UPDATE SET block_number = EXCLUDED.block_number, block_hash = EXCLUDED.block_hash
                """,
                new { block.Number, block.Hash },
                cancellationToken,
                transaction);
        }
        else
        {
            await _connection.ExecuteAsync($"DELETE FROM {checkpoint}", null, cancellationToken, transaction);
        }

        await transaction.CommitAsync(cancellationToken);
        Checkpoint = next;
    }

    private static async Task LockAsync(
        NpgsqlConnection connection, string schema, TimeProvider time, CancellationToken cancellationToken)
    {
        long started = time.GetTimestamp();
        while (!await connection.QuerySingleAsync<bool>(
            "SELECT pg_try_advisory_lock(hashtextextended('gplusck.indexer:' || @schema, 0))",
            new { schema }, cancellationToken))
        {
            if (time.GetElapsedTime(started) > LockPatience)
            {
                throw new SchemaLockedException($"Another indexer is working on the schema {schema}: stop it first.");
            }

            await Task.Delay(LockPoll, time, cancellationToken);
        }
    }
}
