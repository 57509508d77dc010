using System.Text;
using Gplusck.Chain.Abi;
using Gplusck.Chain.Primitives;

namespace Gplusck.Chain.Bindings;

/// <summary>Tells one event's logs from others; the part that generated event records share.</summary>
internal sealed class BoundEvent(string signature, int topicCount)
{
    public Hash32 Topic0 { get; } = Keccak.Hash(Encoding.ASCII.GetBytes(signature));

    public bool Matches(IReadOnlyList<Hash32> topics) => topics.Count == topicCount && topics[0] == Topic0;

    /// <summary>The words of the indexed inputs.</summary>
    public byte[] IndexedWords(IReadOnlyList<Hash32> topics) => Matches(topics)
        ? AbiEvent.WordsOf(topics, skip: 1)
        : throw new AbiException($"The log is not of the event {signature}.");
}
