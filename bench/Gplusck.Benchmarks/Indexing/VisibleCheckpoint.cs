using System.Collections.Concurrent;
using System.Diagnostics;
using Gplusck.Chain;
using Gplusck.Chain.Primitives;
using Npgsql;

namespace Gplusck.Benchmarks.Indexing;

/// <summary>Notes when a reader of Postgres first sees each block committed.</summary>
/// <remarks>It looks every two milliseconds, which the latencies contain.</remarks>
internal sealed class VisibleCheckpoint : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(2);

    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<long, long> _seen = new();
    private readonly ConcurrentDictionary<Hash32, long> _hashes = new();
    private readonly Task _looking;

    public VisibleCheckpoint(string connectionString) => _looking = LookAsync(connectionString, _stop.Token);

    /// <summary>The <see cref="Stopwatch"/>'s time when a block was committed first; null when it is not.</summary>
    public long? SeenAt(long block) => _seen.TryGetValue(block, out long time) ? time : null;

    /// <summary>Waits until the checkpoint is this block.</summary>
    /// <returns>The <see cref="Stopwatch"/>'s time when it was.</returns>
    /// <exception cref="GplusckException">It is not, within the limit, or the indexer ended.</exception>
    public async Task<long> WaitForAsync(
        Hash32 block, IndexerProcess indexer, TimeSpan limit, CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        long time;
        while (!_hashes.TryGetValue(block, out time))
        {
            await indexer.ThrowIfEndedAsync();
            if (_looking.IsFaulted)
            {
                await _looking;
            }

            if (Stopwatch.GetElapsedTime(started) > limit)
            {
                throw new GplusckException($"Block {block} is not committed after {limit.TotalSeconds:0} s.");
            }

            await Task.Delay(Interval, cancellationToken);
        }

        return time;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _looking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task LookAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = new(connectionString);
        await connection.OpenAsync(cancellationToken);
        await WaitForTableAsync(connection, cancellationToken);
        await using NpgsqlCommand look = new("SELECT block_number, block_hash FROM bench.checkpoint", connection);
        await look.PrepareAsync(cancellationToken);
        for (long last = -1; !cancellationToken.IsCancellationRequested; await Task.Delay(Interval, cancellationToken))
        {
            await using NpgsqlDataReader reader = await look.ExecuteReaderAsync(cancellationToken);
            if (!await reader.ReadAsync(cancellationToken))
            {
                continue;
            }

            long now = Stopwatch.GetTimestamp();
            long number = reader.GetInt64(0);
            _hashes.TryAdd(Hash32.FromBytes(reader.GetFieldValue<byte[]>(1)), now);
            for (; last < number; last++)
            {
                _seen.TryAdd(last + 1, now);
            }
        }
    }

    private static async Task WaitForTableAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand exists = new("SELECT to_regclass('bench.checkpoint') IS NOT NULL", connection);
        while (await exists.ExecuteScalarAsync(cancellationToken) is not true)
        {
            await Task.Delay(Interval, cancellationToken);
        }
    }
}
