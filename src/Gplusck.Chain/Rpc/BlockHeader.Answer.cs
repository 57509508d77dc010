using System.Buffers.Binary;
using System.Text.Json;
using Gplusck.Chain.Trie;

namespace Gplusck.Chain.Rpc;

/// <content>Reading a header from a node's answer.</content>
public sealed partial record BlockHeader
{
    private const int ExtraDataBytesMax = 1_024;

    internal static BlockHeader Read(JsonElement block) => new()
    {
        Hash = block.Hash("hash"),
        ParentHash = block.Hash("parentHash"),
        OmmersHash = block.Hash("sha3Uncles"),
        FeeRecipient = block.Address("miner"),
        StateRoot = block.Hash("stateRoot"),
        TransactionsRoot = block.Hash("transactionsRoot"),
        ReceiptsRoot = block.Hash("receiptsRoot"),
        LogsBloom = LogsBloom.FromBytes(Exactly(block, "logsBloom", LogsBloom.Length)),
        Difficulty = block.Integer("difficulty"),
        Number = block.Int64("number"),
        GasLimit = block.UInt64("gasLimit"),
        GasUsed = block.UInt64("gasUsed"),
        Timestamp = block.Int64("timestamp"),
        ExtraData = block.Bytes("extraData") is { Length: <= ExtraDataBytesMax } extra
            ? extra
            : throw AnswerFields.Wrong("extraData"),
        MixHash = block.Hash("mixHash"),
        Nonce = BinaryPrimitives.ReadUInt64BigEndian(Exactly(block, "nonce", sizeof(ulong))),
        BaseFeePerGas = block.IntegerOrNull("baseFeePerGas"),
        WithdrawalsRoot = block.HashOrNull("withdrawalsRoot"),
        BlobGasUsed = block.UInt64OrNull("blobGasUsed"),
        ExcessBlobGas = block.UInt64OrNull("excessBlobGas"),
        ParentBeaconBlockRoot = block.HashOrNull("parentBeaconBlockRoot"),
        RequestsHash = block.HashOrNull("requestsHash"),
    };

    private static byte[] Exactly(JsonElement block, string name, int length) =>
        block.Bytes(name) is byte[] bytes && bytes.Length == length ? bytes : throw AnswerFields.Wrong(name);
}
