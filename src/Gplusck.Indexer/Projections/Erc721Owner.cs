using Gplusck.Indexer.Schema;

namespace Gplusck.Indexer.Projections;

/// <summary>Who owns each ERC-721 token, kept from its Transfer events. Burnt tokens have no row.</summary>
internal static class Erc721Owner
{
    /// <summary>How a manifest asks for it.</summary>
    public const string Name = "erc721_owner";

    /// <summary>End of its table's name.</summary>
    public const string Suffix = "owner";

    private const int Indexed = 3;

    public static Projection Of(ProjectionSource source)
    {
        EventTable transfers = source.Event(Name, "Transfer(address,address,uint256)", Indexed);
        string[] columns = ProjectionSource.Columns(transfers);
        string table = source.Own(Suffix);
        string index = Identifier.Quote($"{source.OwnName(Suffix)}_by_token");
        return new Projection(
            Name,
            [source.OwnName(Suffix)],
            $"""
            CREATE TABLE {table} (
                {source.KeyDefinition}token_id numeric(78,0) NOT NULL, owner bytea NOT NULL,
                PRIMARY KEY ({source.Key}token_id)
            );
            CREATE INDEX {index} ON {transfers.QualifiedName} ({source.Key}{columns[2]}, block_number, log_index);
            COMMENT ON TABLE {table} IS 'Tokens and who owns them; burnt tokens have no row.';
            """,
            Apply(source, transfers, columns),
            Undo(source, transfers, columns));
    }

    private static string Apply(ProjectionSource source, EventTable transfers, string[] columns) =>
        $"""
        INSERT INTO {source.Own(Suffix)} ({source.Key}token_id, owner)
        SELECT DISTINCT ON ({source.Key}{columns[2]}) {source.Key}{columns[2]}, {columns[1]}
        FROM {transfers.QualifiedName} WHERE block_number BETWEEN @from AND @to
        ORDER BY {source.Key}{columns[2]}, block_number DESC, log_index DESC
        ON CONFLICT ({source.Key}token_id) DO UPDATE SET owner = EXCLUDED.owner;
        DELETE FROM {source.Own(Suffix)} AS owned USING {transfers.QualifiedName} AS moved
        WHERE moved.block_number BETWEEN @from AND @to AND owned.token_id = moved.{columns[2]}{SameKey(source)}
            AND owned.owner = '\x0000000000000000000000000000000000000000';
        """;

    // Tokens that moved in these blocks go back to whom the last transfer before gave them.
    private static string Undo(ProjectionSource source, EventTable transfers, string[] columns) =>
        $"""
        DELETE FROM {source.Own(Suffix)} AS owned USING {transfers.QualifiedName} AS moved
        WHERE moved.block_number BETWEEN @from AND @to AND owned.token_id = moved.{columns[2]}{SameKey(source)};
        INSERT INTO {source.Own(Suffix)} ({source.Key}token_id, owner)
        SELECT {Prefixed(source)}moved.token_id, last.owner
        FROM (
            SELECT DISTINCT {source.Key}{columns[2]} AS token_id
            FROM {transfers.QualifiedName} WHERE block_number BETWEEN @from AND @to
        ) AS moved
        CROSS JOIN LATERAL (
            SELECT owned.{columns[1]} AS owner FROM {transfers.QualifiedName} AS owned
            WHERE owned.{columns[2]} = moved.token_id{SameKey(source)} AND owned.block_number < @from
            ORDER BY owned.block_number DESC, owned.log_index DESC LIMIT 1
        ) AS last
        WHERE last.owner <> '\x0000000000000000000000000000000000000000';
        """;

    private static string SameKey(ProjectionSource source) =>
        source.Key.Length == 0 ? "" : " AND owned.address = moved.address";

    private static string Prefixed(ProjectionSource source) => source.Key.Length == 0 ? "" : "moved.address, ";
}
