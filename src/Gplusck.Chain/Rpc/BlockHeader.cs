using System.Numerics;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Rlp;
using Gplusck.Chain.Trie;

namespace Gplusck.Chain.Rpc;

/// <summary>The header of a block as a node gave it.</summary>
/// <remarks>
/// Fields that came with later hard forks are null in the blocks before them. Trust nothing here until
/// <see cref="ComputeHash"/> equals a hash that is trusted.
/// </remarks>
public sealed partial record BlockHeader
{
    /// <summary>The hash the node claims.</summary>
    public required Hash32 Hash { get; init; }

    /// <summary>Hash of the block before.</summary>
    public required Hash32 ParentHash { get; init; }

    /// <summary>Hash of the list of ommers; that of an empty list since the merge.</summary>
    public required Hash32 OmmersHash { get; init; }

    /// <summary>Who gets the priority fees.</summary>
    public required Address FeeRecipient { get; init; }

    /// <summary>Root of the state after the block.</summary>
    public required Hash32 StateRoot { get; init; }

    /// <summary>Root over the transactions.</summary>
    public required Hash32 TransactionsRoot { get; init; }

    /// <summary>Root over the receipts, as <see cref="Receipts.ReceiptsRoot"/> computes it.</summary>
    public required Hash32 ReceiptsRoot { get; init; }

    /// <summary>Filter over all logs of the block.</summary>
    public required LogsBloom LogsBloom { get; init; }

    /// <summary>Proof-of-work difficulty; zero since the merge.</summary>
    public required BigInteger Difficulty { get; init; }

    /// <summary>Height.</summary>
    public required long Number { get; init; }

    /// <summary>Most gas the block may use.</summary>
    public required ulong GasLimit { get; init; }

    /// <summary>Gas the block used.</summary>
    public required ulong GasUsed { get; init; }

    /// <summary>Seconds since 1970-01-01 UTC.</summary>
    public required long Timestamp { get; init; }

    /// <summary>Free bytes of the builder.</summary>
    public required byte[] ExtraData { get; init; }

    /// <summary>Proof-of-work mix until the merge, the beacon chain's randomness since.</summary>
    public required Hash32 MixHash { get; init; }

    /// <summary>Proof-of-work nonce; zero since the merge.</summary>
    public required ulong Nonce { get; init; }

    /// <summary>Wei burned for each unit of gas. London, EIP-1559.</summary>
    public BigInteger? BaseFeePerGas { get; init; }

    /// <summary>Root over the withdrawals. Shanghai, EIP-4895.</summary>
    public Hash32? WithdrawalsRoot { get; init; }

    /// <summary>Blob gas the block used. Cancun, EIP-4844.</summary>
    public ulong? BlobGasUsed { get; init; }

    /// <summary>Blob gas above target carried forward. Cancun, EIP-4844.</summary>
    public ulong? ExcessBlobGas { get; init; }

    /// <summary>Root of the parent beacon block. Cancun, EIP-4788.</summary>
    public Hash32? ParentBeaconBlockRoot { get; init; }

    /// <summary>Hash over the requests to the consensus layer. Prague, EIP-7685.</summary>
    public Hash32? RequestsHash { get; init; }

    /// <summary>The hash these fields have.</summary>
    /// <remarks>Keccak of their RLP: Yellow Paper section 4.4 and the EIPs named above.</remarks>
    public Hash32 ComputeHash()
    {
        RlpWriter writer = new();
        writer.StartList();
        writer.Write(ParentHash);
        writer.Write(OmmersHash);
        writer.Write(FeeRecipient);
        writer.Write(StateRoot);
        writer.Write(TransactionsRoot);
        writer.Write(ReceiptsRoot);
        writer.Write(LogsBloom.Bytes);
        writer.Write(Difficulty);
        writer.Write((ulong)Number);
        writer.Write(GasLimit);
        writer.Write(GasUsed);
        writer.Write((ulong)Timestamp);
        writer.Write(ExtraData);
        writer.Write(MixHash);
        WriteNonce(writer);
        WriteLaterFields(writer);
        writer.EndList();
        return Keccak.Hash(writer.Written);
    }

    private void WriteNonce(RlpWriter writer)
    {
        // Eight bytes whatever its value: a byte string, not a number.
        Span<byte> nonce = stackalloc byte[sizeof(ulong)];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(nonce, Nonce);
        writer.Write(nonce);
    }

    private void WriteLaterFields(RlpWriter writer)
    {
        if (BaseFeePerGas is BigInteger baseFee)
        {
            writer.Write(baseFee);
        }

        if (WithdrawalsRoot is Hash32 withdrawals)
        {
            writer.Write(withdrawals);
        }

        if (BlobGasUsed is ulong blobGas)
        {
            writer.Write(blobGas);
        }

        if (ExcessBlobGas is ulong excess)
        {
            writer.Write(excess);
        }

        if (ParentBeaconBlockRoot is Hash32 beacon)
        {
            writer.Write(beacon);
        }

        if (RequestsHash is Hash32 requests)
        {
            writer.Write(requests);
        }
    }
}
