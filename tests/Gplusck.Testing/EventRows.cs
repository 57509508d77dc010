using Gplusck.Chain.Primitives;

namespace Gplusck.Testing;

/// <summary>Writes event rows by hand, block by block, as the indexer would.</summary>
/// <remarks>
/// Every block has a hash of its own made of its number. Columns are given as an anonymous object whose members are the
/// table's column names; numeric columns take any integer.
/// </remarks>
public sealed class EventRows(ChainTables tables)
{
    private long _block;
    private int _logIndex;

    public static Hash32 HashOf(long block) => Keccak.Hash(BitConverter.GetBytes(block));

    public static Hash32 TransactionOf(long block, int logIndex) =>
        Keccak.Hash([.. BitConverter.GetBytes(block), .. BitConverter.GetBytes(logIndex)]);

    /// <summary>Begins a block and moves the checkpoint to it.</summary>
    public Task BlockAsync(long number, long timestamp, CancellationToken cancellationToken)
    {
        const string Insert = """
            INSERT INTO gplusck.block (number, hash, parent_hash, timestamp, state_hash)
            VALUES (@number, @hash, @parent, @timestamp, '\x')
            ON CONFLICT (number) DO UPDATE SET hash = excluded.hash, timestamp = excluded.timestamp;
            INSERT INTO gplusck.checkpoint (block_number, block_hash) VALUES (@number, @hash)
            ON CONFLICT (one) DO UPDATE SET block_number = excluded.block_number, block_hash = excluded.block_hash
            """;
        (_block, _logIndex) = (number, 0);
        return tables.ExecuteAsync(
            Insert, new { number, hash = HashOf(number), parent = HashOf(number - 1), timestamp }, cancellationToken);
    }

    /// <summary>Adds an event of the current block.</summary>
    public Task AddAsync(string table, object columns, CancellationToken cancellationToken)
    {
        string[] names = [.. columns.GetType().GetProperties().Select(property => property.Name)];
        string list = string.Concat(names.Select(name => $", \"{name}\""));
        string values = string.Concat(names.Select(name => $", @{name}"));
        string insert = $"""
            INSERT INTO gplusck.{table} (block_number, block_hash, transaction_hash, transaction_index, log_index{list})
            VALUES ({_block}, '\x{Digits(HashOf(_block))}', '\x{Digits(TransactionOf(_block, _logIndex))}', 0,
                {_logIndex++}{values})
            """;
        return tables.ExecuteAsync(insert, columns, cancellationToken);
    }

    private static string Digits(Hash32 hash) => hash.ToString()[2..];
}
