using System.Text.Json;
using Gplusck.Chain.Primitives;

namespace Gplusck.Chain.Rpc;

/// <summary>Reads the result of <c>eth_getBlockByNumber</c> without transactions from its bytes.</summary>
public static class BlockAnswer
{
    /// <summary>The header; null when the node has no such block.</summary>
    /// <exception cref="InvalidAnswerException">A field is absent or malformed, or it is another block.</exception>
    public static BlockHeader? Header(ReadOnlySpan<byte> result, long number)
    {
        JsonElement block = Parse(result);
        if (block.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        BlockHeader header = BlockHeader.Read(block);
        return header.Number == number
            ? header
            : throw new InvalidAnswerException($"Asked for block {number}, the node gave block {header.Number}.");
    }

    /// <summary>The hashes of the block's transactions, in order.</summary>
    public static IReadOnlyList<Hash32> Transactions(ReadOnlySpan<byte> result) =>
        [.. Parse(result).Field("transactions").Items("transactions").Select(hash => hash.AsHash("transactions"))];

    private static JsonElement Parse(ReadOnlySpan<byte> result)
    {
        try
        {
            return JsonElement.Parse(result);
        }
        catch (JsonException)
        {
            throw JsonCursor.Malformed();
        }
    }
}
