using Gplusck.Chain;
using Gplusck.Chain.Primitives;
using Gplusck.Database;
using Npgsql;

namespace Gplusck.Tokenomics.Jobs;

/// <summary>The newest indexed block; its time is the chain's time as far as the tables know.</summary>
internal sealed record IndexTip(long BlockNumber, Hash32 BlockHash, long Timestamp)
{
    /// <exception cref="RetryableException">No block is indexed yet.</exception>
    public static async Task<IndexTip> ReadAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, CancellationToken cancellationToken)
    {
        const string Select = """
            SELECT c.block_number, c.block_hash, b.timestamp
            FROM gplusck.checkpoint c
            JOIN gplusck.block b ON b.number = c.block_number
            """;
        return await connection.QuerySingleOrDefaultAsync<IndexTip>(Select, null, cancellationToken, transaction)
            ?? throw new RetryableException("No block has been indexed yet.");
    }
}
