using Gplusck.Chain;
using Gplusck.Chain.Abi;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Receipts;
using Gplusck.Indexer.Schema;

namespace Gplusck.Indexer.Factories;

/// <summary>Reads from a parent's event the address of the contract it announces.</summary>
internal sealed class FactoryRule
{
    private const int AddressPadding = AbiType.WordBytes - Address.Length;

    private readonly int _topic;
    private readonly int _dataOffset;

    private FactoryRule(IndexedContract child, EventTable announcement, int topic, int dataOffset)
    {
        Child = child;
        Announcement = announcement;
        _topic = topic;
        _dataOffset = dataOffset;
    }

    /// <summary>The kind of contract that is announced.</summary>
    public IndexedContract Child { get; }

    /// <summary>The event that announces it.</summary>
    public EventTable Announcement { get; }

    /// <exception cref="InvalidInputException">The manifest has no such contract, event or address.</exception>
    public static FactoryRule For(IndexedContract child, IReadOnlyList<EventTable> tables)
    {
        ContractFactory factory = child.Factory!;
        EventTable[] named = [.. tables.Where(table =>
            table.Contract.Name == factory.Contract && table.Event.Name == factory.Event)];
        if (named.Length != 1)
        {
            string found = named.Length == 0 ? "mirrors no" : "mirrors more than one";
            throw new InvalidInputException(
                $"Contract {child.Name}: the manifest {found} event {factory.Event} of a contract {factory.Contract}.");
        }

        AbiEvent announcement = named[0].Event;
        AbiParameter? parameter = announcement.Inputs.FirstOrDefault(input => input.Name == factory.Parameter);
        if (parameter is not { Type.Kind: AbiKind.Address })
        {
            throw new InvalidInputException(
                $"Contract {child.Name}: event {factory.Event} has no address \"{factory.Parameter}\".");
        }

        IEnumerable<AbiParameter> before = announcement.Inputs.TakeWhile(input => input != parameter);
        int topic = (announcement.Anonymous ? 0 : 1) + before.Count(input => input.Indexed);
        int offset = before.Where(input => !input.Indexed).Sum(input => input.Type.HeadBytes);
        return parameter.Indexed
            ? new FactoryRule(child, named[0], topic, 0)
            : new FactoryRule(child, named[0], -1, offset);
    }

    /// <summary>The address that a log of <see cref="Announcement"/> names; null when it names none.</summary>
    public Address? AddressIn(in PackedLog log)
    {
        ReadOnlySpan<byte> word = _topic >= 0
            ? log.Topic(_topic)
            : log.Data.Length >= _dataOffset + AbiType.WordBytes ? log.Data.Slice(_dataOffset, AbiType.WordBytes) : [];
        return word.Length == AbiType.WordBytes && !word[..AddressPadding].ContainsAnyExcept((byte)0)
            ? Address.FromBytes(word[AddressPadding..])
            : null;
    }
}
