using System.Numerics;
using System.Text.Json;
using Gplusck.Chain.Primitives;

namespace Gplusck.Chain.Rpc;

/// <summary>What became of a transaction in the block that holds it.</summary>
/// <param name="TransactionHash">The transaction.</param>
/// <param name="BlockNumber">Height of its block.</param>
/// <param name="BlockHash">Hash of its block.</param>
/// <param name="Succeeded">False when it reverted; it was paid for all the same.</param>
/// <param name="GasUsed">Gas it used.</param>
/// <param name="EffectiveGasPrice">Wei paid for each unit of gas; zero when an old node leaves it out.</param>
/// <param name="ContractAddress">The contract it created, if it created one.</param>
/// <param name="Logs">The events it emitted, in order.</param>
public sealed record TransactionReceipt(
    Hash32 TransactionHash,
    long BlockNumber,
    Hash32 BlockHash,
    bool Succeeded,
    BigInteger GasUsed,
    BigInteger EffectiveGasPrice,
    Address? ContractAddress,
    IReadOnlyList<LogEntry> Logs)
{
    /// <summary>Position of the transaction in its block.</summary>
    public required int TransactionIndex { get; init; }

    /// <summary>The transaction's type of EIP-2718; 0 is legacy, 2 is EIP-1559.</summary>
    public required byte Type { get; init; }

    /// <summary>Who sent it.</summary>
    public required Address From { get; init; }

    /// <summary>The contract or account it was sent to; null when it created a contract.</summary>
    public required Address? To { get; init; }

    /// <summary>Gas used by it and all transactions before it in the block.</summary>
    public required BigInteger CumulativeGasUsed { get; init; }

    /// <summary>State after it, in blocks before Byzantium, which had no status.</summary>
    public Hash32? StateRoot { get; init; }

    internal static TransactionReceipt Read(JsonElement receipt)
    {
        Hash32? stateRoot = receipt.Has("status") ? null : receipt.HashOrNull("root");
        return new TransactionReceipt(
            receipt.Hash("transactionHash"),
            receipt.Int64("blockNumber"),
            receipt.Hash("blockHash"),
            stateRoot is not null || ReadStatus(receipt),
            receipt.Integer("gasUsed"),
            receipt.IntegerOrNull("effectiveGasPrice") ?? BigInteger.Zero,
            receipt.AddressOrNull("contractAddress"),
            [.. receipt.Field("logs").Items("logs").Select(LogEntry.Read)])
        {
            TransactionIndex = receipt.Int32("transactionIndex"),
            Type = ReadType(receipt),
            From = receipt.Address("from"),
            To = receipt.AddressOrNull("to"),
            CumulativeGasUsed = receipt.Integer("cumulativeGasUsed"),
            StateRoot = stateRoot,
        };
    }

    private static bool ReadStatus(JsonElement receipt) => receipt.UInt64("status") switch
    {
        0 => false,
        1 => true,
        _ => throw AnswerFields.Wrong("status"),
    };

    private static byte ReadType(JsonElement receipt) =>
        receipt.UInt64OrNull("type") is not ulong type ? (byte)0
            : type <= byte.MaxValue ? (byte)type
            : throw AnswerFields.Wrong("type");
}
