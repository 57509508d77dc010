using System.Runtime.InteropServices;
using System.Text.Json;
using Gplusck.Chain;
using Gplusck.Chain.Primitives;
using Gplusck.GpuVerify.Cells;
using Gplusck.GpuVerify.Commitments;
using Gplusck.Testing;

namespace Gplusck.GpuVerify.Tests.Commitments;

public class CommitmentTests
{
    // Written from the comment of MicrocellProof.sol, recursively; ours goes level by level.
    private const string Script = """
        const { keccak256, concat, toHex, numberToHex } = await import('viem');
        const absent = keccak256('0x02');
        const root = (hashes, from, width) => width === 1 ? hashes[from] ?? absent
            : keccak256(concat(['0x01', root(hashes, from, width / 2), root(hashes, from + width / 2, width / 2)]));
        const { tag, leaves, open } = input;
        const leafHash = (leaf, i) => keccak256(concat(['0x00', toHex(tag), numberToHex(i, { size: 4 }), leaf]));
        const hashes = leaves.map(leafHash);
        let width = 1;
        while (width < hashes.length) width *= 2;
        const pathOf = (leaf) => {
            const path = [];
            for (let size = 1; size < width; size *= 2) {
                path.push(root(hashes, (Math.floor(leaf / size) ^ 1) * size, size));
            }
            return path;
        };
        output({ root: root(hashes, 0, width), paths: open.map(pathOf) });
        """;

    [Theory]
    [InlineData('A', 1, 1, 0)]
    [InlineData('B', 5, 33, 4)]
    [InlineData('A', 8, 4096, 3)]
    [InlineData('B', 3, 4097, 2)]
    [InlineData('A', 2, 65_536, 1)]
    [InlineData('B', 1, 8191, 0)]
    public async Task Operand_roots_and_row_openings_equal_an_independent_tree(char tag, int rows, int k, int row)
    {
        sbyte[] matrix = new RandomCell(new GemmShape(rows, 1, k), seed: rows + k).A;
        byte[] bytes = MemoryMarshal.AsBytes(matrix.AsSpan()).ToArray();
        byte[][] leaves = [.. bytes.Chunk(k).SelectMany(whole => whole.Chunk(4096))];
        int chunks = leaves.Length / rows;
        OperandTree tree = OperandTree.ForRows(tag, rows, k, matrix);
        IReadOnlyList<LeafOpening> openings = tree.OpenRow(row, matrix);

        Assert.Equal(chunks, openings.Count);
        Assert.Equal(Enumerable.Range(row * chunks, chunks), openings.Select(opening => opening.Index));
        await AssertOpeningsAsync(tag, leaves, tree.Root, openings);
    }

    [Theory]
    [InlineData(1, 1, 0)]
    [InlineData(7, 9, 62)]
    [InlineData(8, 8, 63)]
    [InlineData(5, 13, 64)]
    [InlineData(33, 31, 1022)]
    [InlineData(64, 64, 2048)]
    public async Task Output_roots_and_element_openings_equal_an_independent_tree(int m, int n, int element)
    {
        int[] c = new RandomCell(new GemmShape(m, n, 40), seed: element).C;
        byte[] bytes = [.. c.SelectMany(value => BitConverter.GetBytes(value).Reverse())];
        OutputTree tree = OutputTree.ForElements(m, n, c);
        LeafOpening opening = tree.OpenElement(element, c);

        Assert.Equal(element / 64, opening.Index);
        await AssertOpeningsAsync('C', [.. bytes.Chunk(256)], tree.Root, [opening]);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(5, 4)]
    [InlineData(64, 17)]
    public async Task Batch_roots_and_paths_equal_an_independent_tree(int count, int position)
    {
        CellCommitment[] cells = [.. Enumerable.Range(0, count).Select(Cell)];
        BatchTree tree = BatchTree.ForCells(cells);
        byte[][] leaves = [.. cells.Select(cell => cell.Encode())];
        LeafOpening opening = new(position, leaves[position], tree.Path(position));
        await AssertOpeningsAsync('P', leaves, tree.Root, [opening]);
    }

    [Fact]
    public void A_leaf_cannot_stand_at_another_index_or_under_another_tag()
    {
        sbyte[] matrix = new RandomCell(new GemmShape(4, 1, 16), 1).A;
        OperandTree tree = OperandTree.ForRows('A', 4, 16, matrix);
        LeafOpening opening = tree.OpenRow(2, matrix)[0];
        Assert.Equal(tree.Root, MerkleTree.RootOf('A', 2, opening.Data, opening.Siblings));
        Assert.NotEqual(tree.Root, MerkleTree.RootOf('B', 2, opening.Data, opening.Siblings));
        Assert.NotEqual(tree.Root, MerkleTree.RootOf('A', 3, opening.Data, opening.Siblings));
        Assert.NotEqual(tree.Root, OperandTree.ForRows('B', 4, 16, matrix).Root);
    }

    [Fact]
    public void An_inner_node_cannot_stand_as_a_leaf()
    {
        sbyte[] matrix = new RandomCell(new GemmShape(2, 1, 32), 2).A;
        OperandTree tree = OperandTree.ForRows('A', 2, 32, matrix);
        Hash32 left = tree.OpenRow(1, matrix)[0].Siblings[0];
        Hash32 right = tree.OpenRow(0, matrix)[0].Siblings[0];
        byte[] children = [.. left.ToArray(), .. right.ToArray()];
        Assert.Equal(tree.Root, Keccak.Hash([0x01, .. children]));
        Assert.NotEqual(tree.Root, MerkleTree.RootOf('A', 0, children, []));
    }

    [Fact]
    public void A_repeated_last_leaf_gives_another_root()
    {
        sbyte[] three = new RandomCell(new GemmShape(3, 1, 8), 3).A;
        sbyte[] four = [.. three, .. three[16..]];
        Assert.NotEqual(OperandTree.ForRows('A', 3, 8, three).Root, OperandTree.ForRows('A', 4, 8, four).Root);
    }

    [Fact]
    public void Matrices_and_positions_that_do_not_fit_are_refused()
    {
        OperandTree operand = OperandTree.ForRows('A', 2, 3, new sbyte[6]);
        OutputTree output = OutputTree.ForElements(2, 3, new int[6]);
        Assert.Throws<InvalidInputException>(() => OperandTree.ForRows('C', 2, 3, new sbyte[6]));
        Assert.Throws<InvalidInputException>(() => OperandTree.ForRows('A', 2, 3, new sbyte[5]));
        Assert.Throws<InvalidInputException>(() => OperandTree.ForRows('A', 0, 3, []));
        Assert.Throws<InvalidInputException>(() => operand.OpenRow(2, new sbyte[6]));
        Assert.Throws<InvalidInputException>(() => operand.OpenRow(-1, new sbyte[6]));
        Assert.Throws<InvalidInputException>(() => OutputTree.ForElements(2, 3, new int[7]));
        Assert.Throws<InvalidInputException>(() => output.OpenElement(6, new int[6]));
        Assert.Throws<InvalidInputException>(() => BatchTree.ForCells([]));
        Assert.Throws<InvalidInputException>(() => BatchTree.ForCells([Cell(1)]).Path(1));
    }

    private static async Task AssertOpeningsAsync(
        char tag, byte[][] leaves, Hash32 root, IReadOnlyList<LeafOpening> openings)
    {
        string[] hex = [.. leaves.Select(leaf => Hex.ToHex(leaf))];
        object input = new { tag, leaves = hex, open = openings.Select(opening => opening.Index) };
        JsonElement answer = await NodeScript.RunAsync(Script, input, TestContext.Current.CancellationToken);
        Assert.Equal(answer.GetProperty("root").GetString(), root.ToString());
        Assert.Equal(
            answer.GetProperty("paths").Deserialize<string[][]>()!,
            openings.Select(opening => opening.Siblings.Select(sibling => sibling.ToString())));
        Assert.All(openings, opening => Assert.Equal(leaves[opening.Index], opening.Data));
        Assert.All(
            openings,
            opening => Assert.Equal(root, MerkleTree.RootOf(tag, opening.Index, opening.Data, opening.Siblings)));
    }

    private static CellCommitment Cell(int index) => new(
        JobId: 42, (uint)index, CellCommitment.GemmS8, new GemmShape(index + 1, 2, 3),
        Keccak.Hash([1]), Keccak.Hash([2]), Keccak.Hash([3]));
}
