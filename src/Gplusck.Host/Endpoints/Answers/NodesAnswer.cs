namespace Gplusck.Host.Endpoints.Answers;

/// <summary>Every node.</summary>
/// <param name="AsOfBlock">Newest indexed block; every figure is as of it.</param>
/// <param name="Nodes">In order of registration.</param>
internal sealed record NodesAnswer(
    long AsOfBlock,
    IReadOnlyList<NodeEntry> Nodes);
