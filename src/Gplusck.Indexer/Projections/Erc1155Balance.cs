using Gplusck.Indexer.Schema;

namespace Gplusck.Indexer.Projections;

/// <summary>Who holds how much of each ERC-1155 token, kept from TransferSingle and TransferBatch.</summary>
/// <remarks>Holders of nothing and the zero address have no row. Amounts have no limit in SQL.</remarks>
internal static class Erc1155Balance
{
    /// <summary>How a manifest asks for it.</summary>
    public const string Name = "erc1155_balance";

    /// <summary>End of its table's name.</summary>
    public const string Suffix = "holding";

    private const int Indexed = 3;

    public static Projection Of(ProjectionSource source)
    {
        const string Single = "TransferSingle(address,address,address,uint256,uint256)";
        const string Batch = "TransferBatch(address,address,address,uint256[],uint256[])";
        EventTable single = source.Event(Name, Single, Indexed);
        EventTable batch = source.Event(Name, Batch, Indexed);
        string table = source.Own(Suffix);
        string index = Identifier.Quote($"{source.OwnName(Suffix)}_nothing");
        return new Projection(
            Name,
            [source.OwnName(Suffix)],
            $"""
            CREATE TABLE {table} (
                {source.KeyDefinition}account bytea NOT NULL, token_id numeric(78,0) NOT NULL, amount numeric NOT NULL,
                PRIMARY KEY ({source.Key}account, token_id)
            );
            CREATE INDEX {index} ON {table} (account) WHERE amount = 0;
            COMMENT ON TABLE {table} IS 'Holders and what they hold of each token; who holds nothing has no row.';
            """,
            Move(source, single, batch, ""),
            Move(source, single, batch, "-"));
    }

    private static string Move(ProjectionSource source, EventTable single, EventTable batch, string sign)
    {
        string[] one = ProjectionSource.Columns(single);
        string[] many = ProjectionSource.Columns(batch);
        string table = source.Own(Suffix);
        return $"""
            INSERT INTO {table} AS held ({source.Key}account, token_id, amount)
            SELECT {source.Key}account, token_id, {sign}sum(delta)
            FROM (
                SELECT {source.Key}side.account, token_id, side.sign * amount AS delta
                FROM (
                    SELECT {source.Key}{one[1]} AS giver, {one[2]} AS taker, {one[3]} AS token_id,
                        {one[4]}::numeric AS amount
                    FROM {single.QualifiedName} WHERE block_number BETWEEN @from AND @to
                    UNION ALL
                    SELECT {source.Key}{many[1]}, {many[2]}, pair.id::numeric, pair.amount::numeric
                    FROM {batch.QualifiedName},
                        ROWS FROM (jsonb_array_elements_text({many[3]}), jsonb_array_elements_text({many[4]}))
                            AS pair(id, amount)
                    WHERE block_number BETWEEN @from AND @to AND pair.id IS NOT NULL AND pair.amount IS NOT NULL
                ) AS moved
                CROSS JOIN LATERAL (VALUES (giver, -1), (taker, 1)) AS side(account, sign)
            ) AS change
            WHERE account <> '\x0000000000000000000000000000000000000000'
            GROUP BY {source.Key}account, token_id
            HAVING sum(delta) <> 0
            ON CONFLICT ({source.Key}account, token_id) DO UPDATE SET amount = held.amount + EXCLUDED.amount;
            DELETE FROM {table} WHERE amount = 0;
            """;
    }
}
