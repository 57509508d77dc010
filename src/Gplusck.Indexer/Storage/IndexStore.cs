using System.Data;
using Gplusck.Chain.Primitives;
using Gplusck.Database;
using Gplusck.Indexer.Decoding;
using Gplusck.Indexer.Factories;
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

    /// <summary>State hash at the checkpoint.</summary>
    public Hash32 State { get; private set; }

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
            CheckpointRow? checkpoint = await connection.QuerySingleOrDefaultAsync<CheckpointRow>(
                $"""
                SELECT c.block_number AS number, c.block_hash AS hash, b.state_hash
                FROM {plan.Table("checkpoint")} c JOIN {plan.Table("block")} b ON b.number = c.block_number
                """,
                null, cancellationToken);
            return new IndexStore(dataSource, connection, plan)
            {
                Checkpoint = checkpoint is null ? null : new BlockRef(checkpoint.Number, checkpoint.Hash),
                State = checkpoint?.StateHash ?? Hash32.Zero,
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
        Connection.QuerySingleOrDefaultAsync<Hash32?>(
            $"SELECT hash FROM {_plan.Table("block")} WHERE number = @number", new { number }, cancellationToken);

    /// <summary>The children discovered up to the checkpoint.</summary>
    public async Task<IReadOnlyList<DiscoveredChild>> ChildrenAsync(CancellationToken cancellationToken)
    {
        List<DiscoveredChild> children = [];
        foreach (IndexedContract contract in _plan.Factories.Select(rule => rule.Child))
        {
            IReadOnlyList<ChildRow> rows = await Connection.QueryAsync<ChildRow>(
                $"SELECT address, block_number, log_index FROM {_plan.Table(SchemaPlan.ChildTable(contract))}",
                null, cancellationToken);
            children.AddRange(rows.Select(row =>
                new DiscoveredChild(contract, row.Address, row.BlockNumber, row.LogIndex)));
        }

        return children;
    }

    /// <summary>
    /// Adds a segment that continues the checkpoint: rows, projections, blocks and checkpoint in one transaction.
    /// </summary>
    /// <param name="segment">At least one block.</param>
    /// <param name="atTip">Whether it must be on disk when this returns. Further back, Postgres may report it before:
    /// a crash then loses the newest transactions whole, and they are fetched again.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task CommitAsync(DecodedSegment segment, bool atTip, CancellationToken cancellationToken)
    {
        await using NpgsqlTransaction transaction = await Connection.BeginTransactionAsync(cancellationToken);
        await SegmentRows.WriteAsync(Connection, _plan, segment, cancellationToken);
        BlockRef last = BlockRef.Of(segment.Last!);
        string durability = atTip ? "" : "SET LOCAL synchronous_commit TO OFF;";
        await Connection.ExecuteAtLengthAsync(
            $"""
            {durability}
            {string.Join('\n', _plan.Projections.Select(projection => projection.ApplySql))}
            {MoveCheckpointSql}
            """,
            new { from = segment.First!.Number, to = last.Number, number = last.Number, hash = last.Hash },
            cancellationToken,
            transaction);
        await transaction.CommitAsync(cancellationToken);
        Checkpoint = last;
        State = segment.State;
    }

    /// <summary>Undoes everything above <paramref name="ancestor"/> in one transaction.</summary>
    public async Task RollBackAsync(long ancestor, CancellationToken cancellationToken)
    {
        StoredBlock? block = await Connection.QuerySingleOrDefaultAsync<StoredBlock>(
            $"SELECT hash, state_hash FROM {_plan.Table("block")} WHERE number = @ancestor",
            new { ancestor }, cancellationToken);
        IEnumerable<string> numbered = _plan.Tables.Select(table => table.QualifiedName)
            .Append(_plan.Table("undecoded"))
            .Concat(_plan.Factories.Select(rule => _plan.Table(SchemaPlan.ChildTable(rule.Child))));
        string deletions = string.Join('\n', numbered.Select(
            table => $"DELETE FROM {table} WHERE block_number BETWEEN @from AND @to;"));
        await using NpgsqlTransaction transaction = await Connection.BeginTransactionAsync(cancellationToken);
        await Connection.ExecuteAtLengthAsync(
            $"""
            {string.Join('\n', _plan.Projections.Select(projection => projection.UndoSql))}
            {deletions}
            DELETE FROM {_plan.Table("block")} WHERE number BETWEEN @from AND @to;
            {(block is null ? $"DELETE FROM {_plan.Table("checkpoint")};" : MoveCheckpointSql)}
            """,
            new
            {
                from = ancestor + 1,
                to = Checkpoint!.Value.Number,
                number = ancestor,
                hash = block?.Hash ?? Hash32.Zero,
            },
            cancellationToken,
            transaction);
        await transaction.CommitAsync(cancellationToken);
        Checkpoint = block is null ? null : new BlockRef(ancestor, block.Hash);
        State = block?.StateHash ?? Hash32.Zero;
    }

    /// <summary>Gives the schema free.</summary>
    public async ValueTask DisposeAsync()
    {
        // A closed connection goes back to the pool as it is, and the lock with it; after this it is not taken back.
        _dataSource.Clear();
        await _connection.DisposeAsync();
    }

    /// <summary>The connection that holds the lock. Once it is broken no other may take its place.</summary>
    private NpgsqlConnection Connection => _connection.FullState.HasFlag(ConnectionState.Open)
        ? _connection
        : throw new NpgsqlException("The connection to Postgres broke.");

    private string MoveCheckpointSql =>
        $"""
        INSERT INTO {_plan.Table("checkpoint")} (block_number, block_hash) VALUES (@number, @hash)
        ON CONFLICT (one) DO UPDATE SET block_number = EXCLUDED.block_number, block_hash = EXCLUDED.block_hash;
        """;

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

    private sealed record CheckpointRow(long Number, Hash32 Hash, Hash32 StateHash);

    private sealed record StoredBlock(Hash32 Hash, Hash32 StateHash);

    private sealed record ChildRow(Address Address, long BlockNumber, int LogIndex);
}
