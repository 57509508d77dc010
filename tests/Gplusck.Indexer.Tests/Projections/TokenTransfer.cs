using System.Numerics;
using System.Text.Json;
using Gplusck.Chain.Primitives;

namespace Gplusck.Indexer.Tests.Projections;

/// <summary>One transfer as a token contract logs it; several ids and amounts only in an ERC-1155 batch.</summary>
public sealed record TokenTransfer(
    long Block, int LogIndex, Address Contract, Address From, Address To, BigInteger[] Ids, BigInteger[] Amounts,
    bool IsBatch = false)
{
    public string IdsJson => Json(Ids);

    public string AmountsJson => Json(Amounts);

    /// <summary>The pairs that both arrays reach.</summary>
    public IEnumerable<(BigInteger Id, BigInteger Amount)> Items => Ids.Zip(Amounts);

    private static string Json(BigInteger[] numbers) =>
        JsonSerializer.Serialize(numbers.Select(number => number.ToString()));
}
