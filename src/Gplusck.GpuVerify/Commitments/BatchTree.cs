using Gplusck.Chain.Primitives;
using Gplusck.GpuVerify.Cells;

namespace Gplusck.GpuVerify.Commitments;

/// <summary>The commitment to a batch: one leaf a cell, its abi.encode, tag 'P', index = position.</summary>
public sealed class BatchTree
{
    /// <summary>The tag of every leaf.</summary>
    public const char Tag = 'P';

    private readonly MerkleTree tree;

    private BatchTree(MerkleTree tree)
    {
        this.tree = tree;
    }

    /// <summary>The root that the operator commits on chain.</summary>
    public Hash32 Root => tree.Root;

    /// <summary>Commits to the cells in order; at least one.</summary>
    public static BatchTree ForCells(IReadOnlyList<CellCommitment> cells) =>
        new(MerkleTree.Build(Tag, new Cells(cells)));

    /// <summary>The siblings of the cell at a position.</summary>
    public Hash32[] Path(int position) => tree.Path(position);

    private readonly struct Cells(IReadOnlyList<CellCommitment> cells) : ILeaves
    {
        public int Count => cells.Count;

        public int MaxLength => CellCommitment.EncodedLength;

        public int Write(int index, Span<byte> destination)
        {
            cells[index].Encode(destination);
            return CellCommitment.EncodedLength;
        }
    }
}
