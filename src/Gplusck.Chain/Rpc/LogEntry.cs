using System.Text.Json;
using Gplusck.Chain.Primitives;

namespace Gplusck.Chain.Rpc;

/// <summary>One event that a contract emitted, with its place in the chain.</summary>
/// <param name="Address">The contract.</param>
/// <param name="Topics">At most four; the first is the event's signature hash unless it is anonymous.</param>
/// <param name="Data">The arguments that are not indexed, ABI-encoded.</param>
/// <param name="BlockNumber">Height of its block.</param>
/// <param name="BlockHash">Hash of its block.</param>
/// <param name="TransactionHash">The transaction that emitted it.</param>
/// <param name="TransactionIndex">That transaction's position in the block.</param>
/// <param name="LogIndex">Its position among all logs of the block.</param>
/// <param name="Removed">The node says that a reorg took it back.</param>
public sealed record LogEntry(
    Address Address,
    IReadOnlyList<Hash32> Topics,
    byte[] Data,
    long BlockNumber,
    Hash32 BlockHash,
    Hash32 TransactionHash,
    int TransactionIndex,
    int LogIndex,
    bool Removed)
{
    private const int TopicsMax = 4;

    internal static LogEntry Read(JsonElement log) => new(
        log.Address("address"),
        ReadTopics(log.Field("topics")),
        log.Bytes("data"),
        log.Int64("blockNumber"),
        log.Hash("blockHash"),
        log.Hash("transactionHash"),
        log.Int32("transactionIndex"),
        log.Int32("logIndex"),
        log.TryGetProperty("removed"u8, out JsonElement removed) && removed.ValueKind == JsonValueKind.True);

    private static Hash32[] ReadTopics(JsonElement topics)
    {
        Hash32[] read = [.. topics.Items("topics").Select(topic => topic.AsHash("topics"))];
        return read.Length <= TopicsMax ? read : throw AnswerFields.Wrong("topics");
    }
}
