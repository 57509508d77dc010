using System.Text;
using System.Text.Json;
using Gplusck.Chain.Primitives;

namespace Gplusck.Chain.Abi;

/// <summary>An event that a contract logs.</summary>
public sealed class AbiEvent
{
    private readonly int _indexedCount;

    private AbiEvent(string name, AbiParameter[] inputs, bool anonymous)
    {
        Name = name;
        Inputs = inputs;
        Anonymous = anonymous;
        Signature = name + AbiType.Signature(inputs);
        Topic0 = Keccak.Hash(Encoding.UTF8.GetBytes(Signature));
        _indexedCount = inputs.Count(input => input.Indexed);
        if (TopicCount > 4)
        {
            throw new AbiException($"{Signature} has {_indexedCount} indexed inputs: more than a log has topics.");
        }
    }

    /// <summary>The name, which overloads share.</summary>
    public string Name { get; }

    /// <summary>What it tells, indexed or not, in the order of the source.</summary>
    public IReadOnlyList<AbiParameter> Inputs { get; }

    /// <summary>Whether its logs lack the topic that names it.</summary>
    public bool Anonymous { get; }

    /// <summary>Name and input types, such as <c>Transfer(address,address,uint256)</c>.</summary>
    public string Signature { get; }

    /// <summary>The signature's hash: first topic of a log unless the event is anonymous.</summary>
    public Hash32 Topic0 { get; }

    /// <summary>Number of topics in a log of this event.</summary>
    public int TopicCount => _indexedCount + (Anonymous ? 0 : 1);

    /// <summary>An event from its entry in a JSON ABI.</summary>
    public static AbiEvent FromJson(JsonElement entry) => new(
        JsonAbi.Text(entry, "name"), JsonAbi.Parameters(entry, "inputs"), JsonAbi.Flag(entry, "anonymous"));

    /// <summary>Whether a log with these topics can be of this event.</summary>
    /// <remarks>
    /// The number tells ERC-20's <c>Transfer</c> from ERC-721's. Anonymous events are told by their number alone.
    /// </remarks>
    public bool Matches(IReadOnlyList<Hash32> topics) =>
        topics.Count == TopicCount && (Anonymous || topics[0] == Topic0);

    /// <summary>The inputs of one log in the order of the source.</summary>
    /// <returns>
    /// Values as <see cref="AbiDecoder"/> gives them; a <see cref="Hash32"/> where only the hash is logged.
    /// </returns>
    /// <exception cref="AbiException">A log of another event, or not an encoding of this one.</exception>
    public object[] Decode(IReadOnlyList<Hash32> topics, ReadOnlySpan<byte> data)
    {
        if (!Matches(topics))
        {
            throw new AbiException($"The log is not of the event {Signature}.");
        }

        AbiReader topicReader = new(WordsOf(topics, Anonymous ? 0 : 1));
        AbiReader dataReader = new(data);
        object[] values = new object[Inputs.Count];
        for (int index = 0; index < values.Length; index++)
        {
            AbiParameter input = Inputs[index];
            values[index] = input switch
            {
                { IsHashed: true } => topicReader.ReadBytes32(),
                { Indexed: true } => AbiDecoder.Read(ref topicReader, input.Type),
                _ => AbiDecoder.Read(ref dataReader, input.Type),
            };
        }

        return values;
    }

    /// <inheritdoc/>
    public override string ToString() => Signature;

    internal static byte[] WordsOf(IReadOnlyList<Hash32> topics, int skip)
    {
        byte[] words = new byte[(topics.Count - skip) * Hash32.Length];
        for (int index = skip; index < topics.Count; index++)
        {
            topics[index].CopyTo(words.AsSpan((index - skip) * Hash32.Length));
        }

        return words;
    }
}
