namespace Gplusck.Host.Endpoints.Answers;

/// <summary>One node, as in the list, with the block it is as of.</summary>
internal sealed record NodeAnswer : NodeEntry
{
    public NodeAnswer(long asOfBlock, NodeEntry node)
        : base(node) => AsOfBlock = asOfBlock;

    /// <summary>Newest indexed block; every figure is as of it.</summary>
    public long AsOfBlock { get; }
}
