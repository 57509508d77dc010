using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using Gplusck.Chain;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Rpc;
using Npgsql;

namespace Gplusck.Benchmarks.Indexing;

/// <summary>What the tables must hold, by other means than the indexer's: eth_getLogs, read field by field, and
/// balanceOf.</summary>
internal sealed class ChainTruth
{
    private const int BlocksPerQuery = 20;
    private const int CallsPerBatch = 500;
    private const string Zero = "0000000000000000000000000000000000000000";

    private readonly List<Hash32> _transfers = [];
    private readonly SortedDictionary<string, BigInteger> _balances = new(StringComparer.Ordinal);

    private ChainTruth()
    {
    }

    public int Transfers => _transfers.Count;

    /// <summary>Reads a chain up to and with a block, above which nothing is transferred.</summary>
    /// <exception cref="GplusckException">The contract's balances are not those of its logs.</exception>
    public static async Task<ChainTruth> ReadAsync(
        EthereumClient client, long lastBlock, CancellationToken cancellationToken)
    {
        ChainTruth truth = new();
        for (long from = 0; from <= lastBlock; from += BlocksPerQuery)
        {
            long to = Math.Min(lastBlock, from + BlocksPerQuery - 1);
            object filter = new { fromBlock = $"0x{from:x}", toBlock = $"0x{to:x}", address = BenchNode.Coin };
            JsonElement logs = await client.Rpc.CallAsync("eth_getLogs", [filter], cancellationToken);
            foreach (JsonElement log in logs.EnumerateArray())
            {
                truth.Add(log);
            }
        }

        await truth.CompareBalancesAsync(client, cancellationToken);
        return truth;
    }

    /// <summary>Compares every row that two queries give.</summary>
    /// <param name="connectionString">The database.</param>
    /// <param name="transfers">
    /// Gives lines of block number, transaction hash, transaction index, log index, from, to (hexadecimal digits
    /// without 0x) and value, in the chain's order.
    /// </param>
    /// <param name="balances">Gives lines of account and balance, sorted, without accounts that hold nothing.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="GplusckException">The first row that differs.</exception>
    public async Task CompareAsync(
        string connectionString, string transfers, string balances, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = new(connectionString);
        await connection.OpenAsync(cancellationToken);
        IEnumerable<Hash32> expected = _balances.Where(entry => !entry.Value.IsZero)
            .Select(entry => Digest($"{entry.Key} {entry.Value}"));
        await CompareRowsAsync(connection, transfers, _transfers, cancellationToken);
        await CompareRowsAsync(connection, balances, [.. expected], cancellationToken);
    }

    private static async Task CompareRowsAsync(
        NpgsqlConnection connection, string query, List<Hash32> expected, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(query, connection) { CommandTimeout = 0 };
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        int row = 0;
        for (; await reader.ReadAsync(cancellationToken); row++)
        {
            if (row >= expected.Count || Digest(reader.GetString(0)) != expected[row])
            {
                throw new GplusckException($"Row {row} is not the chain's: {reader.GetString(0)}");
            }
        }

        if (row != expected.Count)
        {
            throw new GplusckException($"There are {row} rows of {expected.Count}: {query}");
        }
    }

    private void Add(JsonElement log)
    {
        JsonElement topics = log.GetProperty("topics");
        (string from, string to) = (topics[1].GetString()![26..], topics[2].GetString()![26..]);
        BigInteger value = BigInteger.Parse(
            $"0{log.GetProperty("data").GetString()![2..]}", NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        string line = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            {Number(log, "blockNumber")} {log.GetProperty("transactionHash").GetString()![2..]} {
            Number(log, "transactionIndex")} {Number(log, "logIndex")} {from} {to} {value}
            """);
        _transfers.Add(Digest(line));
        Move(from, -value);
        Move(to, value);
    }

    private void Move(string account, BigInteger amount)
    {
        if (account != Zero)
        {
            _balances[account] = _balances.GetValueOrDefault(account) + amount;
        }
    }

    // A node that loaded its chain from a file knows the state of the newest block alone.
    private async Task CompareBalancesAsync(EthereumClient client, CancellationToken cancellationToken)
    {
        const string BalanceOf = "0x70a08231000000000000000000000000";
        foreach (string[] accounts in _balances.Keys.Chunk(CallsPerBatch))
        {
            IReadOnlyList<JsonElement> answers = await client.Rpc.BatchAsync(
                [
                    .. accounts.Select(account => ("eth_call", new object?[]
                    {
                        new { to = BenchNode.Coin, data = BalanceOf + account }, "latest",
                    })),
                ],
                cancellationToken);
            for (int index = 0; index < accounts.Length; index++)
            {
                BigInteger held = BigInteger.Parse(
                    $"0{answers[index].GetString()![2..]}", NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                if (held != _balances[accounts[index]])
                {
                    throw new GplusckException($"The contract says that {accounts[index]} holds {held}.");
                }
            }
        }
    }

    private static long Number(JsonElement log, string name) => long.Parse(
        log.GetProperty(name).GetString()!.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static Hash32 Digest(string line) => Keccak.Hash(Encoding.UTF8.GetBytes(line));
}
