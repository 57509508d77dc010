using Gplusck.Chain;
using Gplusck.Chain.Primitives;
using Gplusck.Database;
using Gplusck.Indexer.Schema;
using Npgsql;

namespace Gplusck.Indexer.Projections;

/// <summary>Who holds how much of an ERC-20 token, kept from its Transfer events.</summary>
/// <remarks>
/// What each block changed is kept per account, so that undoing blocks is exact whatever else happened since. Accounts
/// with nothing have no row; the zero address, the other side of mint and burn, has none either. The amounts have no
/// limit in SQL: a token may log transfers of more than exists, which must not stop the indexer.
/// </remarks>
internal sealed class Erc20Balance
{
    /// <summary>How a manifest asks for it.</summary>
    public const string Name = "erc20_balance";

    private const string Signature = "Transfer(address,address,uint256)";

    private readonly string _deltaTable;
    private readonly EventTable _transfers;

    private Erc20Balance(string balanceTable, string deltaTable, EventTable transfers)
    {
        BalanceTable = balanceTable;
        _deltaTable = deltaTable;
        _transfers = transfers;
    }

    /// <summary>Schema and name, quoted for SQL.</summary>
    public string BalanceTable { get; }

    public string CreateSql =>
        $"""
        CREATE TABLE {BalanceTable} (account bytea PRIMARY KEY, balance numeric NOT NULL);
        COMMENT ON TABLE {BalanceTable} IS
            'Holders of the token and what they hold; accounts with nothing have no row.';
        CREATE TABLE {_deltaTable} (
            block_number bigint NOT NULL,
            account bytea NOT NULL,
            delta numeric NOT NULL,
            PRIMARY KEY (block_number, account)
        );
        COMMENT ON TABLE {_deltaTable} IS 'What each block changed of each balance.';
        """;

    /// <summary>Names of its tables for the contract whose tables start with <paramref name="prefix"/>.</summary>
    public static string[] TableNames(string prefix) => [$"{prefix}_balance", $"{prefix}_balance_delta"];

    /// <exception cref="InvalidInputException">The contract has no ERC-20 Transfer event among its tables.</exception>
    public static Erc20Balance For(
        string schema, string prefix, IndexedContract contract, IReadOnlyList<EventTable> tables)
    {
        EventTable transfers = tables.FirstOrDefault(table => table.Event.Signature == Signature)
            ?? throw new InvalidInputException($"Contract {contract.Name}: {Name} needs the event {Signature}.");
        string[] names = [.. TableNames(prefix).Select(name => $"{Identifier.Quote(schema)}.{Identifier.Quote(name)}")];
        return new Erc20Balance(names[0], names[1], transfers);
    }

    /// <summary>Adds the transfers of blocks whose rows were just written by the same transaction.</summary>
    public Task ApplyAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction, long from, long to, CancellationToken cancellationToken)
    {
        string sender = Identifier.Quote(_transfers.Columns[0].Name);
        string receiver = Identifier.Quote(_transfers.Columns[1].Name);
        string value = Identifier.Quote(_transfers.Columns[2].Name);
        return connection.ExecuteAsync(
            $"""
            WITH change AS (
                INSERT INTO {_deltaTable} (block_number, account, delta)
                SELECT block_number, account, sum(delta)
                FROM (
                    SELECT block_number, {receiver} AS account, {value}::numeric AS delta
                    FROM {_transfers.QualifiedName} WHERE block_number BETWEEN @from AND @to
                    UNION ALL
                    SELECT block_number, {sender}, -{value}::numeric
                    FROM {_transfers.QualifiedName} WHERE block_number BETWEEN @from AND @to
                ) AS side
                WHERE account <> @zero
                GROUP BY block_number, account
                HAVING sum(delta) <> 0
                RETURNING account, delta
            )
            INSERT INTO {BalanceTable} AS held (account, balance)
            SELECT account, sum(delta) FROM change GROUP BY account HAVING sum(delta) <> 0
            ON CONFLICT (account) DO UPDATE SET balance = held.balance + EXCLUDED.balance;

            DELETE FROM {BalanceTable} WHERE balance = 0
                AND account IN (SELECT account FROM {_deltaTable} WHERE block_number BETWEEN @from AND @to);
            """,
            new { from, to, zero = Address.Zero.ToArray() },
            cancellationToken,
            transaction);
    }

    /// <summary>Takes back everything above <paramref name="ancestor"/>.</summary>
    public Task RevertAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction, long ancestor, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(
            $"""
            INSERT INTO {BalanceTable} AS held (account, balance)
            SELECT account, -sum(delta) FROM {_deltaTable} WHERE block_number > @ancestor
            GROUP BY account HAVING sum(delta) <> 0
            ON CONFLICT (account) DO UPDATE SET balance = held.balance + EXCLUDED.balance;

            DELETE FROM {BalanceTable} WHERE balance = 0
                AND account IN (SELECT account FROM {_deltaTable} WHERE block_number > @ancestor);
            DELETE FROM {_deltaTable} WHERE block_number > @ancestor;
            """,
            new { ancestor },
            cancellationToken,
            transaction);
}
