using Gplusck.Chain;
using Gplusck.Indexer.Schema;

namespace Gplusck.Indexer.Projections;

/// <summary>What a projection is made from: one contract of a manifest and its event tables.</summary>
internal sealed class ProjectionSource(
    string schema, string prefix, IndexedContract contract, IReadOnlyList<EventTable> tables)
{
    /// <summary>Leading key columns, with a comma behind: the contract's address where many share the tables.</summary>
    public string Key => contract.Factory is null ? "" : "address, ";

    /// <summary>Definition of those columns.</summary>
    public string KeyDefinition => contract.Factory is null ? "" : "address bytea NOT NULL, ";

    /// <summary>A table of the projection's own, quoted for SQL.</summary>
    public string Own(string suffix) => $"{Identifier.Quote(schema)}.{Identifier.Quote($"{prefix}_{suffix}")}";

    /// <summary>The name of a table of its own, as it is.</summary>
    public string OwnName(string suffix) => $"{prefix}_{suffix}";

    /// <summary>The table of an event.</summary>
    /// <param name="projection">Who needs it, for the message.</param>
    /// <param name="signature">Name and types.</param>
    /// <param name="indexed">How many of the inputs are topics, where the ABI has the event more than once.</param>
    /// <exception cref="InvalidInputException">The manifest does not mirror it.</exception>
    public EventTable Event(string projection, string signature, int indexed)
    {
        EventTable[] found = [.. tables.Where(table => table.Event.Signature == signature && !table.Event.Anonymous)];
        return found.Length == 1
            ? found[0]
            : found.FirstOrDefault(table => table.Event.Inputs.Count(input => input.Indexed) == indexed)
                ?? throw new InvalidInputException(
                    $"Contract {contract.Name}: {projection} needs the event {signature}.");
    }

    /// <summary>The columns of an event's inputs, quoted for SQL.</summary>
    public static string[] Columns(EventTable table) =>
        [.. table.Columns.Select(column => Identifier.Quote(column.Name))];
}
