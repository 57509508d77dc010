using System.Globalization;
using System.Text.Json;
using Gplusck.Chain;
using Gplusck.Chain.Bindings;
using Gplusck.Chain.Primitives;

namespace Gplusck.GpuVerify.Disputes;

/// <summary>Everything needed to judge a fault, as one JSON document (<c>verify.fault.proof</c>).</summary>
/// <param name="Format">Always <see cref="CurrentFormat"/>.</param>
/// <param name="ChainId">The chain.</param>
/// <param name="Market">ComputeMarket, which holds the batch's root.</param>
/// <param name="Court">MicrocellCourt, which takes the proof.</param>
/// <param name="BatchId">The batch, decimal.</param>
/// <param name="NodeId">The node that committed it.</param>
/// <param name="CellsRoot">Root over the batch's cells: the anchor to compare with the chain.</param>
/// <param name="Cells">How many cells the batch has.</param>
/// <param name="Claimed">The element as committed.</param>
/// <param name="Actual">The element as it is.</param>
/// <param name="Witnesses">The implementations that agree on <paramref name="Actual"/>.</param>
/// <param name="Proof">What <c>MicrocellCourt.prove</c> takes beside its salt: bytes and hashes as 0x hex, uint256 as
/// decimal text.</param>
public sealed record FaultEvidence(
    string Format,
    ulong ChainId,
    Address Market,
    Address Court,
    string BatchId,
    long NodeId,
    Hash32 CellsRoot,
    int Cells,
    int Claimed,
    int Actual,
    IReadOnlyList<Witness> Witnesses,
    EvidenceProof Proof)
{
    /// <summary>The format this program writes and reads.</summary>
    public const string CurrentFormat = "gplusck-fault-2";

    /// <summary>Reads a document.</summary>
    /// <exception cref="InvalidInputException">It is none, or of another format.</exception>
    public static FaultEvidence Parse(string json)
    {
        FaultEvidence? evidence;
        try
        {
            evidence = JsonSerializer.Deserialize<FaultEvidence>(json, JsonSerializerOptions.Web);
        }
        catch (JsonException error)
        {
            throw new InvalidInputException($"The evidence is malformed: {error.Message}", error);
        }

        bool complete = evidence is
        {
            BatchId: not null,
            Proof: { Cell: not null, CellSiblings: not null, A: not null, B: not null, C: not null },
        };
        return complete && evidence!.Format == CurrentFormat
            ? evidence
            : throw new InvalidInputException($"The evidence is no document of the format {CurrentFormat}.");
    }

    /// <summary>The document's text.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    internal static FaultEvidence Of(Deployment deployment, CommittedBatch batch, Fault fault) => new(
        CurrentFormat,
        deployment.ChainId,
        deployment.ComputeMarket.Address,
        deployment.MicrocellCourt.Address,
        batch.BatchId.ToString(CultureInfo.InvariantCulture),
        batch.NodeId,
        batch.CellsRoot,
        batch.Cells,
        fault.Element.Claimed,
        fault.Element.Actual,
        fault.Witnesses,
        EvidenceProof.Of(fault.Proof));
}
