using System.Numerics;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Rlp;

namespace Gplusck.Chain.Signing;

/// <summary>A transaction with a fee market, type 2 of EIP-2718.</summary>
public sealed record Eip1559Transaction
{
    private const byte TransactionType = 0x02;

    /// <summary>The one chain on which it is valid.</summary>
    public required long ChainId { get; init; }

    /// <summary>How many transactions the sender sent before.</summary>
    public required ulong Nonce { get; init; }

    /// <summary>Most wei that the block's builder gets for each unit of gas.</summary>
    public required BigInteger MaxPriorityFeePerGas { get; init; }

    /// <summary>Most wei paid for each unit of gas, the base fee included.</summary>
    public required BigInteger MaxFeePerGas { get; init; }

    /// <summary>Most gas it may use.</summary>
    public required ulong GasLimit { get; init; }

    /// <summary>Receiver; null creates a contract.</summary>
    public required Address? To { get; init; }

    /// <summary>Wei sent along.</summary>
    public BigInteger Value { get; init; }

    /// <summary>Call data, or the code that creates the contract.</summary>
    public byte[] Data { get; init; } = [];

    /// <summary>Slots announced in advance.</summary>
    public IReadOnlyList<AccessListEntry> AccessList { get; init; } = [];

    /// <summary>Signs it.</summary>
    public SignedTransaction Sign(PrivateKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        Signature signature = key.Sign(Keccak.Hash(Encode(null)));
        byte[] raw = Encode(signature);
        return new SignedTransaction(raw, Keccak.Hash(raw));
    }

    /// <summary>Reads a signed transaction and recovers who signed it.</summary>
    /// <exception cref="RlpException">Not a type 2 transaction in canonical form.</exception>
    /// <exception cref="InvalidInputException">Its signature is impossible.</exception>
    public static Eip1559Transaction Decode(ReadOnlySpan<byte> raw, out Address sender)
    {
        if (raw is not [TransactionType, ..])
        {
            throw new RlpException("These bytes are no transaction of type 2.");
        }

        RlpReader outer = new(raw[1..]);
        RlpReader fields = outer.ReadList();
        outer.RequireEnd();
        Eip1559Transaction transaction = new()
        {
            ChainId = fields.ReadUInt64() is ulong chain and <= long.MaxValue
                ? (long)chain
                : throw new RlpException("A chain id is larger than 63 bits."),
            Nonce = fields.ReadUInt64(),
            MaxPriorityFeePerGas = fields.ReadInteger(),
            MaxFeePerGas = fields.ReadInteger(),
            GasLimit = fields.ReadUInt64(),
            To = ReadReceiver(ref fields),
            Value = fields.ReadInteger(),
            Data = fields.ReadBytes().ToArray(),
            AccessList = ReadAccessList(fields.ReadList()),
        };
        Signature signature = ReadSignature(ref fields);
        fields.RequireEnd();
        sender = signature.Recover(Keccak.Hash(transaction.Encode(null)));
        return transaction;
    }

    private static Address? ReadReceiver(ref RlpReader fields)
    {
        ReadOnlySpan<byte> bytes = fields.ReadBytes();
        return bytes.Length switch
        {
            0 => null,
            Address.Length => Address.FromBytes(bytes),
            _ => throw new RlpException("A receiver is neither empty nor an address."),
        };
    }

    private static List<AccessListEntry> ReadAccessList(RlpReader list)
    {
        List<AccessListEntry> entries = [];
        while (!list.AtEnd)
        {
            RlpReader entry = list.ReadList();
            Address address = entry.ReadAddress();
            RlpReader keys = entry.ReadList();
            entry.RequireEnd();
            List<Hash32> slots = [];
            while (!keys.AtEnd)
            {
                slots.Add(keys.ReadHash());
            }

            entries.Add(new AccessListEntry(address, slots));
        }

        return entries;
    }

    private static Signature ReadSignature(ref RlpReader fields)
    {
        ulong parity = fields.ReadUInt64();
        Hash32 r = Word(fields.ReadInteger());
        Hash32 s = Word(fields.ReadInteger());
        return parity <= 1
            ? new Signature(r, s, (byte)parity)
            : throw new RlpException("A y parity is neither 0 nor 1.");
    }

    private static Hash32 Word(BigInteger value)
    {
        Span<byte> bytes = stackalloc byte[Hash32.Length];
        int length = value.GetByteCount(isUnsigned: true);
        return length <= bytes.Length
            && value.TryWriteBytes(bytes[^length..], out _, isUnsigned: true, isBigEndian: true)
            ? Hash32.FromBytes(bytes)
            : throw new RlpException("A signature's number is larger than 256 bits.");
    }

    private byte[] Encode(Signature? signature)
    {
        RlpWriter writer = new();
        writer.WriteEncoded([TransactionType]);
        writer.StartList();
        writer.Write(checked((ulong)ChainId));
        writer.Write(Nonce);
        writer.Write(MaxPriorityFeePerGas);
        writer.Write(MaxFeePerGas);
        writer.Write(GasLimit);
        writer.Write(To?.ToArray() ?? []);
        writer.Write(Value);
        writer.Write(Data);
        WriteAccessList(writer);
        if (signature is Signature signed)
        {
            writer.Write((ulong)signed.YParity);
            writer.Write(new BigInteger(signed.R.ToArray(), isUnsigned: true, isBigEndian: true));
            writer.Write(new BigInteger(signed.S.ToArray(), isUnsigned: true, isBigEndian: true));
        }

        writer.EndList();
        return writer.ToArray();
    }

    private void WriteAccessList(RlpWriter writer)
    {
        writer.StartList();
        foreach (AccessListEntry entry in AccessList)
        {
            writer.StartList();
            writer.Write(entry.Address);
            writer.StartList();
            foreach (Hash32 slot in entry.StorageKeys)
            {
                writer.Write(slot);
            }

            writer.EndList();
            writer.EndList();
        }

        writer.EndList();
    }
}
