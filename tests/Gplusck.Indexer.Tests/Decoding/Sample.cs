using System.Text.Json;
using Gplusck.Chain.Abi;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Receipts;
using Gplusck.Chain.Rpc;
using Gplusck.Chain.Trie;
using Gplusck.Indexer.Schema;

namespace Gplusck.Indexer.Tests.Decoding;

/// <summary>Events, logs and blocks to decode.</summary>
internal static class Sample
{
    public const string TransferAbi =
        """
        {"type":"event","name":"Transfer","inputs":[
            {"name":"from","type":"address","indexed":true},{"name":"to","type":"address","indexed":true},
            {"name":"value","type":"uint256"}]}
        """;

    private const int AddressBytes = 20;

    public static byte[] BlockHash { get; } = [.. Enumerable.Repeat((byte)0xBB, Hash32.Length)];

    public static byte[] TransactionHash { get; } = [.. Enumerable.Repeat((byte)0xCC, Hash32.Length)];

    public static IndexedContract Contract(string eventsAbi, byte address = 1) => new(
        $"C{address}", Address(address), 0, AbiContract.Parse($"[{eventsAbi}]"), []);

    public static Address Address(byte last) =>
        Gplusck.Chain.Primitives.Address.FromBytes([.. new byte[AddressBytes - 1], last]);

    /// <summary>A table of the only event in the ABI.</summary>
    public static EventTable Table(string eventAbi, string name = "t") =>
        new("public", name, Contract(string.Empty), AbiContract.Parse($"[{eventAbi}]").Events.Single());

    public static AbiEvent Event(IEnumerable<AbiType> types, Func<int, bool> isIndexed, bool anonymous) =>
        AbiEvent.FromJson(JsonSerializer.SerializeToElement(new
        {
            type = "event",
            name = "Thing",
            anonymous,
            inputs = types.Select((type, index) => new { type = type.Name, indexed = isIndexed(index) }),
        }));

    public static PackedLog Log(
        ReadOnlySpan<byte> topics, ReadOnlySpan<byte> data, ReadOnlySpan<byte> address = default) => new()
    {
        Address = address.IsEmpty ? new byte[AddressBytes] : address,
        Topics = topics,
        Data = data,
        TransactionHash = TransactionHash,
        TransactionIndex = 3,
        LogIndex = 5,
    };

    public static byte[] TransferTopics { get; } =
    [
        .. AbiContract.Parse($"[{TransferAbi}]").Events[0].Topic0.ToArray(),
        .. new byte[31], 1, .. new byte[31], 2,
    ];

    public static BlockHeader Header(long number) => new()
    {
        Hash = Keccak.Hash(BitConverter.GetBytes(number)),
        ParentHash = Keccak.Hash(BitConverter.GetBytes(number - 1)),
        OmmersHash = Hash32.Zero,
        FeeRecipient = default,
        StateRoot = Hash32.Zero,
        TransactionsRoot = Hash32.Zero,
        ReceiptsRoot = Hash32.Zero,
        LogsBloom = LogsBloom.FromBytes(new byte[LogsBloom.Length]),
        Difficulty = 0,
        Number = number,
        GasLimit = 0,
        GasUsed = 0,
        Timestamp = number,
        ExtraData = [],
        MixHash = Hash32.Zero,
        Nonce = 0,
    };
}
