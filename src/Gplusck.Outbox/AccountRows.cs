using Gplusck.Chain.Primitives;
using Gplusck.Database;
using Npgsql;

namespace Gplusck.Outbox;

/// <summary>The rows of one account, read and written by the holder of its lease.</summary>
internal sealed class AccountRows(NpgsqlConnection connection, Address sender)
{
    /// <summary>What may be signed now: rows that wait for no other, or whose other is in a block below the
    /// head, so that the two can never share a block.</summary>
    public async Task<IReadOnlyList<QueuedRow>> QueuedAsync(
        int limit, long head, CancellationToken cancellationToken)
    {
        const string Select = """
            SELECT t.key, t.recipient, t.data, t.gas_floor AS GasFloor, p.block_number AS AfterBlock
            FROM outbox.transaction t
            LEFT JOIN outbox.transaction p ON p.key = t.after_key
            WHERE t.sender = @sender AND t.state = 'queued'
                AND (t.after_key IS NULL OR (p.state = 'confirmed' AND p.block_number < @head))
            ORDER BY t.sequence
            LIMIT @limit
            """;
        return [.. await connection.QueryAsync<QueuedRow>(Select, new { sender, limit, head }, cancellationToken)];
    }

    /// <summary>Fails what waits for a row that failed; returns the keys.</summary>
    public async Task<IReadOnlyList<string>> FailOrphansAsync(CancellationToken cancellationToken)
    {
        const string Update = """
            UPDATE outbox.transaction t
            SET state = 'failed', error = p.key || ' failed: ' || p.error, changed_at = now()
            FROM outbox.transaction p
            WHERE p.key = t.after_key AND p.state = 'failed' AND t.sender = @sender AND t.state = 'queued'
            RETURNING t.key
            """;
        return [.. await connection.QueryAsync<string>(Update, new { sender }, cancellationToken)];
    }

    public async Task<IReadOnlyList<SentRow>> SentAsync(CancellationToken cancellationToken)
    {
        const string Select = """
            SELECT key, recipient, data, nonce, gas_limit AS GasLimit,
                max_fee_per_gas_wei AS MaxFeePerGasWei, max_priority_fee_per_gas_wei AS MaxPriorityFeePerGasWei,
                raw, hashes, signed_at_block AS SignedAtBlock
            FROM outbox.transaction
            WHERE sender = @sender AND state = 'sent'
            ORDER BY nonce, sequence
            """;
        return [.. await connection.QueryAsync<SentRow>(Select, new { sender }, cancellationToken)];
    }

    public Task<int> SentCountAsync(CancellationToken cancellationToken)
    {
        const string Select =
            "SELECT count(*)::integer FROM outbox.transaction WHERE sender = @sender AND state = 'sent'";
        return connection.QuerySingleAsync<int>(Select, new { sender }, cancellationToken);
    }

    /// <summary>The nonce after the highest one that a row which is not final holds; 0 when there is none.</summary>
    public Task<long> NextNonceAsync(CancellationToken cancellationToken)
    {
        const string Select = """
            SELECT coalesce(max(nonce) + 1, 0)
            FROM outbox.transaction
            WHERE sender = @sender AND NOT final AND nonce IS NOT NULL
            """;
        return connection.QuerySingleAsync<long>(Select, new { sender }, cancellationToken);
    }

    /// <summary>Blocks that hold rows and may have left the chain: not final up to a block, or above the
    /// head.</summary>
    public async Task<IReadOnlyList<(long Number, Hash32 Hash)>> BlocksToCheckAsync(
        long through, long head, CancellationToken cancellationToken)
    {
        const string Select = """
            SELECT DISTINCT block_number AS Number, block_hash AS Hash
            FROM outbox.transaction
            WHERE sender = @sender AND block_number IS NOT NULL
                AND ((NOT final AND block_number <= @through) OR block_number > @head)
            """;
        IEnumerable<BlockRow> rows =
            await connection.QueryAsync<BlockRow>(Select, new { sender, through, head }, cancellationToken);
        return [.. rows.Select(row => (row.Number, row.Hash))];
    }

    /// <summary>Returns the rows of blocks that left the chain to sent, with the same nonce and the same signed
    /// bytes.</summary>
    public Task<int> ReturnAsync(IEnumerable<Hash32> goneBlocks, CancellationToken cancellationToken)
    {
        const string Update = """
            UPDATE outbox.transaction
            SET state = 'sent', final = false, transaction_hash = NULL, block_number = NULL, block_hash = NULL,
                gas_used = NULL, error = NULL, changed_at = now()
            WHERE sender = @sender AND block_hash = ANY(@gone)
            """;
        byte[][] gone = [.. goneBlocks.Select(hash => hash.ToArray())];
        return connection.ExecuteAsync(Update, new { sender, gone }, cancellationToken);
    }

    public Task FinaliseAsync(long deepestFinal, CancellationToken cancellationToken)
    {
        const string Update = """
            UPDATE outbox.transaction
            SET final = true
            WHERE sender = @sender AND block_number <= @deepestFinal AND NOT final
            """;
        return connection.ExecuteAsync(Update, new { sender, deepestFinal }, cancellationToken);
    }

    /// <summary>Records a signed version; the caller broadcasts it only after this.</summary>
    public Task RecordSignedAsync(string key, SignedVersion version, CancellationToken cancellationToken)
    {
        const string Update = """
            UPDATE outbox.transaction
            SET state = 'sent', nonce = @Nonce, gas_limit = @GasLimit, max_fee_per_gas_wei = @MaxFeePerGasWei,
                max_priority_fee_per_gas_wei = @MaxPriorityFeePerGasWei, raw = @Raw, hashes = hashes || @hash,
                attempts = attempts + 1, signed_at_block = @SignedAtBlock, error = NULL, changed_at = now()
            WHERE key = @key AND state IN ('queued', 'sent')
            """;
        object values = new
        {
            key,
            version.Nonce,
            version.GasLimit,
            version.MaxFeePerGasWei,
            version.MaxPriorityFeePerGasWei,
            version.Raw,
            hash = version.Hash.ToArray(),
            version.SignedAtBlock,
        };
        return connection.ExecuteAsync(Update, values, cancellationToken);
    }

    public Task RecordIncludedAsync(IReadOnlyList<Inclusion> inclusions, CancellationToken cancellationToken)
    {
        const string Update = """
            UPDATE outbox.transaction AS t
            SET state = CASE WHEN i.error IS NULL THEN 'confirmed' ELSE 'failed' END,
                transaction_hash = i.transaction_hash, block_number = i.block_number,
                block_hash = i.block_hash, gas_used = i.gas_used, error = i.error,
                changed_at = now()
            FROM unnest(@keys, @transactionHashes, @blockNumbers, @blockHashes, @gasUsed, @errors)
                AS i(key, transaction_hash, block_number, block_hash, gas_used, error)
            WHERE t.key = i.key AND t.state = 'sent'
            """;
        object values = new
        {
            keys = inclusions.Select(row => row.Key).ToArray(),
            transactionHashes = inclusions.Select(row => row.TransactionHash.ToArray()).ToArray(),
            blockNumbers = inclusions.Select(row => row.BlockNumber).ToArray(),
            blockHashes = inclusions.Select(row => row.BlockHash.ToArray()).ToArray(),
            gasUsed = inclusions.Select(row => row.GasUsed).ToArray(),
            errors = inclusions.Select(row => row.Error).ToArray(),
        };
        return connection.ExecuteAsync(Update, values, cancellationToken);
    }

    /// <summary>Queues rows again whose nonce another transaction took for good.</summary>
    public Task RequeueAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        const string Update = """
            UPDATE outbox.transaction
            SET state = 'queued', nonce = NULL, raw = NULL, changed_at = now()
            WHERE key = ANY(@keys) AND state = 'sent'
            """;
        return connection.ExecuteAsync(Update, new { keys = keys.ToArray() }, cancellationToken);
    }

    public Task FailQueuedAsync(string key, string error, CancellationToken cancellationToken)
    {
        const string Update = """
            UPDATE outbox.transaction
            SET state = 'failed', error = @error, changed_at = now()
            WHERE key = @key AND state = 'queued'
            """;
        return connection.ExecuteAsync(Update, new { key, error }, cancellationToken);
    }

    public Task NoteErrorAsync(string key, string error, CancellationToken cancellationToken)
    {
        const string Update = """
            UPDATE outbox.transaction
            SET error = @error, changed_at = now()
            WHERE key = @key AND state IN ('queued', 'sent') AND error IS DISTINCT FROM @error
            """;
        return connection.ExecuteAsync(Update, new { key, error }, cancellationToken);
    }

    /// <summary>Adds an empty transaction to ourselves that is already signed, to fill a nonce nobody holds.</summary>
    public Task AddFillerAsync(string key, SignedVersion version, CancellationToken cancellationToken)
    {
        const string Insert = """
            INSERT INTO outbox.transaction (key, sender, recipient, data, state, nonce, gas_limit, max_fee_per_gas_wei,
                max_priority_fee_per_gas_wei, raw, hashes, attempts, signed_at_block)
            VALUES (@key, @sender, @sender, '', 'sent', @Nonce, @GasLimit, @MaxFeePerGasWei,
                @MaxPriorityFeePerGasWei, @Raw, ARRAY[@hash], 1, @SignedAtBlock)
            ON CONFLICT (key) DO NOTHING
            """;
        object values = new
        {
            key,
            sender,
            version.Nonce,
            version.GasLimit,
            version.MaxFeePerGasWei,
            version.MaxPriorityFeePerGasWei,
            version.Raw,
            hash = version.Hash.ToArray(),
            version.SignedAtBlock,
        };
        return connection.ExecuteAsync(Insert, values, cancellationToken);
    }

    private sealed record BlockRow(long Number, Hash32 Hash);
}
