using Gplusck.Indexer.Schema;

namespace Gplusck.Indexer.Projections;

/// <summary>Who holds how much of an ERC-20 token, kept from its Transfer events.</summary>
/// <remarks>
/// Accounts with nothing have no row; the zero address, the other side of mint and burn, has none either. The amounts
/// have no limit in SQL: a token may log transfers of more than exists, which must not stop the indexer.
/// </remarks>
internal static class Erc20Balance
{
    /// <summary>How a manifest asks for it.</summary>
    public const string Name = "erc20_balance";

    /// <summary>End of its table's name.</summary>
    public const string Suffix = "balance";

    private const int Indexed = 2;

    public static Projection Of(ProjectionSource source)
    {
        EventTable transfers = source.Event(Name, "Transfer(address,address,uint256)", Indexed);
        string table = source.Own(Suffix);
        string index = Identifier.Quote($"{source.OwnName(Suffix)}_nothing");
        return new Projection(
            Name,
            [source.OwnName(Suffix)],
            $"""
            CREATE TABLE {table} (
                {source.KeyDefinition}account bytea NOT NULL, balance numeric NOT NULL,
                PRIMARY KEY ({source.Key}account)
            );
            CREATE INDEX {index} ON {table} (account) WHERE balance = 0;
            COMMENT ON TABLE {table} IS 'Holders of the token and what they hold; accounts with nothing have no row.';
            """,
            Move(source, transfers, ""),
            Move(source, transfers, "-"));
    }

    private static string Move(ProjectionSource source, EventTable transfers, string sign)
    {
        string[] columns = ProjectionSource.Columns(transfers);
        string table = source.Own(Suffix);
        return $"""
            INSERT INTO {table} AS held ({source.Key}account, balance)
            SELECT {source.Key}account, {sign}sum(delta)
            FROM (
                SELECT {source.Key}{columns[1]} AS account, {columns[2]}::numeric AS delta
                FROM {transfers.QualifiedName} WHERE block_number BETWEEN @from AND @to
                UNION ALL
                SELECT {source.Key}{columns[0]}, -{columns[2]}::numeric
                FROM {transfers.QualifiedName} WHERE block_number BETWEEN @from AND @to
            ) AS side
            WHERE account <> '\x0000000000000000000000000000000000000000'
            GROUP BY {source.Key}account
            HAVING sum(delta) <> 0
            ON CONFLICT ({source.Key}account) DO UPDATE SET balance = held.balance + EXCLUDED.balance;
            DELETE FROM {table} WHERE balance = 0;
            """;
    }
}
