using System.Security.Cryptography;
using System.Text;
using Gplusck.Chain;
using Gplusck.Chain.Abi;
using Gplusck.Chain.Primitives;
using Gplusck.Indexer.Factories;
using Gplusck.Indexer.Projections;

namespace Gplusck.Indexer.Schema;

/// <summary>The tables that a manifest asks for.</summary>
internal sealed class SchemaPlan
{
    // Leading characters of the topic that tell two tables of otherwise one name apart.
    private const int TopicDigits = 8;

    private SchemaPlan(
        string schema, long startBlock, IReadOnlyList<EventTable> tables, IReadOnlyList<Projection> projections,
        IReadOnlyList<FactoryRule> factories)
    {
        Factories = factories;
        Schema = schema;
        StartBlock = startBlock;
        Tables = tables;
        Projections = projections;
    }

    public string Schema { get; }

    /// <summary>First block of the contract that starts first.</summary>
    public long StartBlock { get; }

    public IReadOnlyList<EventTable> Tables { get; }

    public IReadOnlyList<Projection> Projections { get; }

    /// <summary>How contracts without a fixed address are found.</summary>
    public IReadOnlyList<FactoryRule> Factories { get; }

    /// <summary>The table of a contract's discovered addresses.</summary>
    public static string ChildTable(IndexedContract contract) => $"{Identifier.SnakeCase(contract.Name)}_child";

    /// <summary>A table of the schema, quoted for SQL.</summary>
    public string Table(string name) => $"{Identifier.Quote(Schema)}.{Identifier.Quote(name)}";

    /// <summary>Equal for manifests that ask for the same tables with the same content.</summary>
    public byte[] Fingerprint()
    {
        StringBuilder text = new("gplusck.indexer 2\n");
        foreach (EventTable table in Tables)
        {
            string indexed = string.Concat(table.Event.Inputs.Select(input => input.Indexed ? '1' : '0'));
            string columns = string.Join(',', table.Columns.Select(column => column.Name));
            text.Append($"{table.Contract.Place} {table.Contract.StartBlock} ")
                .Append($"{table.Name} {table.Event.Signature} {indexed} {columns}\n");
        }

        foreach (Projection projection in Projections)
        {
            text.Append($"{projection.Name} {string.Join(',', projection.Tables)}\n");
        }

        return SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
    }

    public static SchemaPlan Build(IndexManifest manifest)
    {
        string schema = Identifier.Schema(manifest.Schema);
        IReadOnlyList<IndexedContract> contracts = manifest.Contracts;
        if (contracts.Count == 0)
        {
            throw new InvalidInputException("The manifest names no contract.");
        }

        foreach (IndexedContract contract in contracts)
        {
            Check(contract, contracts);
        }

        List<EventTable> tables = [];
        List<Projection> projections = [];
        HashSet<string> names = new(StringComparer.Ordinal) { "manifest", "checkpoint", "block", "undecoded" };
        foreach (IndexedContract contract in contracts)
        {
            string prefix = Identifier.Contract(contract.Name);
            string[] derived = [
                .. ProjectionKinds.TableNames(contract, prefix),
                .. contract.Factory is null ? Array.Empty<string>() : [ChildTable(contract)],
            ];
            IReadOnlyList<EventTable> own = TablesOf(schema, contract, prefix, derived);
            foreach (string name in own.Select(table => table.Name).Concat(derived).Where(name => !names.Add(name)))
            {
                throw new InvalidInputException(
                    $"Two tables of the manifest would be named {name}: rename a contract.");
            }

            tables.AddRange(own);
            ProjectionSource source = new(schema, prefix, contract, own);
            projections.AddRange(contract.Projections.Distinct()
                .Select(name => ProjectionKinds.Make(contract, name, source)));
        }

        FactoryRule[] factories = [.. contracts.Where(contract => contract.Factory is not null)
            .Select(contract => FactoryRule.For(contract, tables))];
        return new SchemaPlan(schema, contracts.Min(contract => contract.StartBlock), tables, projections, factories);
    }

    private static void Check(IndexedContract contract, IReadOnlyList<IndexedContract> contracts)
    {
        string prefix = Identifier.Contract(contract.Name);
        if (contracts.Any(other => other != contract && Identifier.SnakeCase(other.Name) == prefix))
        {
            throw new InvalidInputException($"Two contracts of the manifest are named {contract.Name}.");
        }

        if (contract.Address is null == contract.Factory is null)
        {
            throw new InvalidInputException($"Contract {contract.Name} needs either an address or a factory.");
        }

        if (contract.Address is not null
            && contracts.Any(other => other != contract && other.Address == contract.Address))
        {
            throw new InvalidInputException($"Two contracts of the manifest are at {contract.Address}.");
        }

        if (contract.StartBlock < 0)
        {
            throw new InvalidInputException($"Contract {contract.Name}: \"startBlock\" is negative.");
        }
    }

    private static EventTable[] TablesOf(
        string schema, IndexedContract contract, string prefix, string[] derived)
    {
        // One signature may stand twice, with other inputs indexed: ERC-20's and ERC-721's Transfer.
        AbiEvent[] events =
            [.. SelectEvents(contract).DistinctBy(@event => (@event.Topic0, @event.TopicCount, @event.Anonymous))];
        foreach (AbiEvent @event in events.Where(@event => !Identifier.IsSolidityName(@event.Name)))
        {
            throw new InvalidInputException($"Contract {contract.Name}: its ABI has an event with an impossible name.");
        }

        ILookup<string, AbiEvent> byName = events.ToLookup(@event => $"{prefix}_{Identifier.SnakeCase(@event.Name)}");
        ILookup<(string, Hash32), AbiEvent> byTopic = events.ToLookup(@event => (@event.Name, @event.Topic0));
        return [.. events.Select(@event =>
        {
            string name = $"{prefix}_{Identifier.SnakeCase(@event.Name)}";
            bool isUnique = byName[name].Count() == 1 && !derived.Contains(name) && name.Length <= Identifier.BytesMax;
            string suffix = @event.Topic0.ToString()[2..(2 + TopicDigits)];
            if (byTopic[(@event.Name, @event.Topic0)].Count() > 1)
            {
                suffix += $"_{@event.TopicCount}{(@event.Anonymous ? "a" : "")}";
            }

            string kept = name[..Math.Min(name.Length, Identifier.BytesMax - suffix.Length - 1)];
            return new EventTable(schema, isUnique ? name : $"{kept}_{suffix}", contract, @event);
        })];
    }

    private static IEnumerable<AbiEvent> SelectEvents(IndexedContract contract)
    {
        if (contract.Events is null)
        {
            return contract.Abi.Events;
        }

        foreach (string name in contract.Events)
        {
            AbiEvent[] named = [.. contract.Abi.Events.Where(@event => @event.Name == name)];
            if (named.Length == 0)
            {
                throw new InvalidInputException($"Contract {contract.Name}: its ABI has no event \"{name}\".");
            }
        }

        return contract.Abi.Events.Where(@event => contract.Events.Contains(@event.Name));
    }
}
