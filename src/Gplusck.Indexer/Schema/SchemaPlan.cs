using System.Security.Cryptography;
using System.Text;
using Gplusck.Chain;
using Gplusck.Chain.Abi;
using Gplusck.Indexer.Factories;
using Gplusck.Indexer.Projections;

namespace Gplusck.Indexer.Schema;

/// <summary>The tables that a manifest asks for.</summary>
internal sealed class SchemaPlan
{
    // Leading characters of the topic that tell two tables of otherwise one name apart.
    private const int TopicDigits = 8;

    private SchemaPlan(
        string schema, long startBlock, IReadOnlyList<EventTable> tables, IReadOnlyList<Erc20Balance> balances,
        IReadOnlyList<FactoryRule> factories)
    {
        Factories = factories;
        Schema = schema;
        StartBlock = startBlock;
        Tables = tables;
        Balances = balances;
    }

    public string Schema { get; }

    /// <summary>First block of the contract that starts first.</summary>
    public long StartBlock { get; }

    public IReadOnlyList<EventTable> Tables { get; }

    public IReadOnlyList<Erc20Balance> Balances { get; }

    /// <summary>How contracts without a fixed address are found.</summary>
    public IReadOnlyList<FactoryRule> Factories { get; }

    /// <summary>A table of the schema, quoted for SQL.</summary>
    public string Table(string name) => $"{Identifier.Quote(Schema)}.{Identifier.Quote(name)}";

    /// <summary>Equal for manifests that ask for the same tables with the same content.</summary>
    public byte[] Fingerprint()
    {
        StringBuilder text = new("gplusck.indexer 1\n");
        foreach (EventTable table in Tables)
        {
            string indexed = string.Concat(table.Event.Inputs.Select(input => input.Indexed ? '1' : '0'));
            string columns = string.Join(',', table.Columns.Select(column => column.Name));
            text.Append($"{table.Contract.Place} {table.Contract.StartBlock} ")
                .Append($"{table.Name} {table.Event.Signature} {indexed} {columns}\n");
        }

        foreach (Erc20Balance balance in Balances)
        {
            text.Append($"{Erc20Balance.Name} {balance.BalanceTable}\n");
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
        List<Erc20Balance> balances = [];
        HashSet<string> names = new(StringComparer.Ordinal) { "manifest", "checkpoint", "block", "undecoded" };
        foreach (IndexedContract contract in contracts)
        {
            string prefix = Identifier.Contract(contract.Name);
            string[] derived = contract.Projections.Count > 0 ? Erc20Balance.TableNames(prefix) : [];
            IReadOnlyList<EventTable> own = TablesOf(schema, contract, prefix, derived);
            foreach (string name in own.Select(table => table.Name).Concat(derived).Where(name => !names.Add(name)))
            {
                throw new InvalidInputException(
                    $"Two tables of the manifest would be named {name}: rename a contract.");
            }

            tables.AddRange(own);
            balances.AddRange(
                contract.Projections.Distinct().Select(_ => Erc20Balance.For(schema, prefix, contract, own)));
        }

        FactoryRule[] factories = [.. contracts.Where(contract => contract.Factory is not null)
            .Select(contract => FactoryRule.For(contract, tables))];
        return new SchemaPlan(schema, contracts.Min(contract => contract.StartBlock), tables, balances, factories);
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

        if (contract.Projections.FirstOrDefault(name => name != Erc20Balance.Name) is string unknown)
        {
            throw new InvalidInputException(
                $"Contract {contract.Name}: there is no projection \"{unknown}\"; there is {Erc20Balance.Name}.");
        }
    }

    private static EventTable[] TablesOf(
        string schema, IndexedContract contract, string prefix, string[] derived)
    {
        AbiEvent[] events = [.. SelectEvents(contract).DistinctBy(@event => @event.Topic0)];
        foreach (AbiEvent @event in events.Where(@event => !Identifier.IsSolidityName(@event.Name)))
        {
            throw new InvalidInputException($"Contract {contract.Name}: its ABI has an event with an impossible name.");
        }

        ILookup<string, AbiEvent> byName = events.ToLookup(@event => $"{prefix}_{Identifier.SnakeCase(@event.Name)}");
        return [.. events.Select(@event =>
        {
            string name = $"{prefix}_{Identifier.SnakeCase(@event.Name)}";
            bool isUnique = byName[name].Count() == 1 && !derived.Contains(name) && name.Length <= Identifier.BytesMax;
            string topic = @event.Topic0.ToString()[2..(2 + TopicDigits)];
            string kept = name[..Math.Min(name.Length, Identifier.BytesMax - TopicDigits - 1)];
            return new EventTable(schema, isUnique ? name : $"{kept}_{topic}", contract, @event);
        })];
    }

    private static IEnumerable<AbiEvent> SelectEvents(IndexedContract contract)
    {
        if (contract.Events is null)
        {
            return contract.Abi.Events.Where(@event => !@event.Anonymous);
        }

        foreach (string name in contract.Events)
        {
            AbiEvent[] named = [.. contract.Abi.Events.Where(@event => @event.Name == name)];
            if (named.Length == 0)
            {
                throw new InvalidInputException($"Contract {contract.Name}: its ABI has no event \"{name}\".");
            }

            if (named.Any(@event => @event.Anonymous))
            {
                throw new InvalidInputException(
                    $"Contract {contract.Name}: event {name} is anonymous; its logs carry no topic that names it.");
            }
        }

        return contract.Abi.Events.Where(@event => contract.Events.Contains(@event.Name));
    }
}
