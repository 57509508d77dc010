using System.Text.Json.Nodes;
using Gplusck.Chain;
using Gplusck.Chain.Primitives;
using Gplusck.GpuVerify.Cells;
using Gplusck.GpuVerify.Disputes;

namespace Gplusck.GpuVerify.Tests.Disputes;

public sealed class FaultCheckTests
{
    private static readonly GemmShape[] Shapes = [new(5, 9, 40), new(70, 3, 5000), new(1, 1, 1)];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Evidence_of_a_wrong_element_holds_on_its_own(int position)
    {
        (string json, int claimed, int actual) = WrongEvidence(position);

        FaultFinding finding = FaultCheck.Examine(json);

        Assert.True(finding.Holds, string.Join(" ", finding.Differences));
        Assert.Equal((claimed, actual), (finding.Claimed, finding.Actual));
    }

    [Fact]
    public void Evidence_of_a_right_element_does_not_hold()
    {
        TestBatch batch = TestBatch.Of(new RandomCell(Shapes[0], 1));
        int element = batch.Data[0].C[0];

        FaultFinding finding = FaultCheck.Examine(Evidence(batch, 0, 0, 0, element, element).ToJson());

        Assert.False(finding.Holds);
        Assert.Contains("is right", finding.Differences[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Every_single_change_of_the_evidence_is_found()
    {
        (string json, _, _) = WrongEvidence(0);
        JsonObject Fresh() => JsonNode.Parse(json)!.AsObject();
        // What only the chain can tell; three cells and four pad to the same tree.
        string[] unproven =
            ["format", "chainId", "market", "court", "batchId", "nodeId", "cells", "witnesses", "proof"];
        string[] proven = [.. Fresh().Select(member => member.Key).Except(unproven)];
        List<JsonObject> changed = [.. proven.Select(name => Changed(Fresh(), document => document, name))];
        changed.AddRange(Fresh()["proof"]!["cell"]!.AsObject().Select(member =>
            Changed(Fresh(), document => document["proof"]!["cell"]!.AsObject(), member.Key)));
        changed.AddRange(new[] { "position", "row", "column" }.Select(name =>
            Changed(Fresh(), document => document["proof"]!.AsObject(), name)));
        changed.Add(Changed(Fresh(), document => document["proof"]!["c"]!.AsObject(), "data"));
        changed.Add(Changed(Fresh(), document => document["proof"]!["a"]!.AsObject(), "data"));
        changed.Add(Changed(Fresh(), document => document["proof"]!["b"]!.AsObject(), "data"));

        Assert.Equal(3 + 9 + 3 + 3, changed.Count);
        Assert.All(
            changed.Select(document => document.ToJsonString()),
            text => Assert.False(FaultCheck.Examine(text).Holds, text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("""{"format":"gplusck-fault-1"}""")]
    public void Text_that_is_no_evidence_is_refused(string json) =>
        Assert.Throws<InvalidInputException>(() => FaultCheck.Examine(json));

    private static (string Json, int Claimed, int Actual) WrongEvidence(int position)
    {
        RandomCell[] data = [.. Shapes.Select((shape, seed) => new RandomCell(shape, seed))];
        GemmShape shape = data[position].Shape;
        (int row, int column) = (shape.M - 1, shape.N - 1);
        int actual = data[position].C[^1];
        data[position].C[^1] ^= 1 << 9;
        TestBatch batch = TestBatch.Of(data);
        int claimed = data[position].C[^1];
        return (Evidence(batch, position, row, column, claimed, actual).ToJson(), claimed, actual);
    }

    private static FaultEvidence Evidence(
        TestBatch batch, int position, int row, int column, int claimed, int actual) => new(
        FaultEvidence.CurrentFormat,
        31337,
        Address.Zero,
        Address.Zero,
        "1",
        1,
        batch.Root,
        batch.Cells.Count,
        claimed,
        actual,
        [new Witness("scalar", actual)],
        EvidenceProof.Of(batch.Prove(1, position, row, column)));

    private static JsonObject Changed(JsonObject document, Func<JsonObject, JsonObject> parent, string name)
    {
        JsonObject holder = parent(document);
        holder[name] = holder[name]!.GetValueKind() == System.Text.Json.JsonValueKind.Number
            ? holder[name]!.GetValue<long>() + 1
            : Flipped(holder[name]!.GetValue<string>());
        return document;
    }

    private static string Flipped(string text) => text[..^1] + (text[^1] == '1' ? '2' : '1');
}
