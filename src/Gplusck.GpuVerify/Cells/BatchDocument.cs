using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Gplusck.Chain;
using Gplusck.Chain.Primitives;

namespace Gplusck.GpuVerify.Cells;

/// <summary>The JSON in which an operator serves the cells of a batch, in the order of its tree.</summary>
/// <remarks>
/// <c>{"cells":[{"jobId":"1","cellIndex":0,"op":1,"m":64,"n":64,"k":64,"rootA":"0x…","rootB":"0x…","rootC":"0x…",
/// "operator":"0x…","deadline":1790000000,"signature":"0x…"}]}</c>
/// </remarks>
public static class BatchDocument
{
    /// <summary>No cell's JSON is longer than this, with room for spaces; bounds what a verifier reads of a
    /// batch.</summary>
    public const int CellBytesMax = 1_024;

    /// <summary>The document of a batch.</summary>
    public static byte[] Write(IReadOnlyList<AssignedCell> cells) =>
        JsonSerializer.SerializeToUtf8Bytes(new Document([.. cells.Select(Row.Of)]), JsonSerializerOptions.Web);

    /// <summary>The cells of a document.</summary>
    /// <exception cref="InvalidInputException">It is no such document, or a cell in it is impossible.</exception>
    public static IReadOnlyList<AssignedCell> Read(ReadOnlySpan<byte> json)
    {
        try
        {
            Document? document = JsonSerializer.Deserialize<Document>(json, JsonSerializerOptions.Web);
            return document?.Cells is null
                ? throw new InvalidInputException("A batch document is an object with a list \"cells\".")
                : [.. document.Cells.Select(row => row.ToCell())];
        }
        catch (JsonException error)
        {
            throw new InvalidInputException($"A batch document is malformed: {error.Message}", error);
        }
    }

    private sealed record Document(IReadOnlyList<Row> Cells);

    private sealed record Row(
        string JobId,
        uint CellIndex,
        byte Op,
        int M,
        int N,
        int K,
        Hash32 RootA,
        Hash32 RootB,
        Hash32 RootC,
        Address Operator,
        ulong Deadline,
        string Signature)
    {
        public static Row Of(AssignedCell cell) => new(
            cell.Commitment.JobId.ToString(CultureInfo.InvariantCulture),
            cell.Commitment.CellIndex,
            cell.Commitment.Op,
            cell.Commitment.Shape.M,
            cell.Commitment.Shape.N,
            cell.Commitment.Shape.K,
            cell.Commitment.RootA,
            cell.Commitment.RootB,
            cell.Commitment.RootC,
            cell.Operator,
            cell.Deadline,
            Hex.ToHex(cell.Signature));

        public AssignedCell ToCell()
        {
            if (!BigInteger.TryParse(JobId, NumberStyles.None, CultureInfo.InvariantCulture, out BigInteger jobId))
            {
                throw new InvalidInputException($"\"{JobId}\" is not a job id: decimal digits in quotes.");
            }

            CellCommitment commitment = new(jobId, CellIndex, Op, new GemmShape(M, N, K), RootA, RootB, RootC);
            return new AssignedCell(commitment, Operator, Deadline, Hex.Parse(Signature ?? ""));
        }
    }
}
