using Gplusck.Chain;
using Gplusck.Chain.Abi;

namespace Gplusck.Indexer.Schema;

/// <summary>The table that mirrors one event of one contract.</summary>
internal sealed class EventTable
{
    // What the indexer adds to every row, and the columns Postgres itself has in every table.
    private static readonly HashSet<string> TakenColumns = new(StringComparer.Ordinal)
    {
        "block_number", "block_hash", "transaction_hash", "transaction_index", "log_index",
        "tableoid", "xmin", "cmin", "xmax", "cmax", "ctid",
    };

    public EventTable(string schema, string name, IndexedContract contract, AbiEvent @event)
    {
        Name = name;
        Contract = contract;
        Event = @event;
        QualifiedName = $"{Identifier.Quote(schema)}.{Identifier.Quote(name)}";
        Columns = NameColumns(contract, @event, HasAddress);
    }

    /// <summary>Whether a row says which contract logged it, because many share the table.</summary>
    public bool HasAddress => Contract.IsFactoryMade;

    public string Name { get; }

    /// <summary>Schema and name, quoted for SQL.</summary>
    public string QualifiedName { get; }

    public IndexedContract Contract { get; }

    public AbiEvent Event { get; }

    public IReadOnlyList<EventColumn> Columns { get; }

    public string CreateSql =>
        $"""
        CREATE TABLE {QualifiedName} (
            block_number bigint NOT NULL,
            block_hash bytea NOT NULL,
            transaction_hash bytea NOT NULL,
            transaction_index integer NOT NULL,
            log_index integer NOT NULL,
            {(HasAddress ? "address bytea NOT NULL," : "")}
            {string.Concat(Columns.Select(column => $"{column.Definition},\n    "))}
            PRIMARY KEY (block_number, log_index)
        );
        COMMENT ON TABLE {QualifiedName} IS
            {Identifier.Literal($"{Contract.Name} at {Contract.Place}: {Event.Signature}")};
        """;

    public string CopySql
    {
        get
        {
            string inputs = string.Concat(Columns.Select(column => $", {Identifier.Quote(column.Name)}"));
            string address = HasAddress ? ", address" : "";
            return $"""
                COPY {QualifiedName}
                    (block_number, block_hash, transaction_hash, transaction_index, log_index{address}{inputs})
                FROM STDIN (FORMAT BINARY)
                """;
        }
    }

    private static EventColumn[] NameColumns(IndexedContract contract, AbiEvent @event, bool hasAddress)
    {
        HashSet<string> taken = new(TakenColumns, StringComparer.Ordinal);
        if (hasAddress)
        {
            taken.Add("address");
        }

        EventColumn[] columns = new EventColumn[@event.Inputs.Count];
        for (int index = 0; index < columns.Length; index++)
        {
            AbiParameter input = @event.Inputs[index];
            string name = ColumnName(contract, @event, input, index);
            while (!taken.Add(name))
            {
                name += "_";
            }

            columns[index] = new EventColumn(name, input);
        }

        return columns;
    }

    private static string ColumnName(IndexedContract contract, AbiEvent @event, AbiParameter input, int index)
    {
        string name = Identifier.SnakeCase(input.Name);
        if (name.Length == 0)
        {
            return $"arg_{index}";
        }

        return Identifier.IsSolidityName(input.Name) && name.Length <= Identifier.BytesMax - 2
            ? name
            : throw new InvalidInputException(
                $"Contract {contract.Name}: an input of event {@event.Name} has a name that cannot be a column.");
    }
}
