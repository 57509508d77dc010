using System.Text.Json;
using Gplusck.Chain.Primitives;
using Gplusck.GpuVerify.Cells;
using Gplusck.GpuVerify.Disputes;
using Gplusck.Testing;

namespace Gplusck.GpuVerify.Tests.Disputes;

public sealed class FaultProofTests
{
    // Reads the format from MicrocellProof.sol's comment alone; shares no code with the C# trees.
    private const string Script = """
        import { concat, encodeAbiParameters, hexToBytes, keccak256, numberToHex } from 'viem';
        const leaf = (tag, index, data) => keccak256(concat(['0x00', tag, numberToHex(index, { size: 4 }), data]));
        const climb = (hash, index, siblings) => siblings.reduce((node, sibling, level) =>
            keccak256(concat((index >> level) & 1 ? ['0x01', sibling, node] : ['0x01', node, sibling])), hash);
        const open = (tag, index, opening) => climb(leaf(tag, index, opening.data), index, opening.siblings);
        const signed = (byte) => byte > 127 ? byte - 256 : byte;
        output(input.map(({ proof: p }) => {
            const { cell } = p;
            const types = ['uint256', 'uint32', 'uint8', 'uint32', 'uint32', 'uint32', 'bytes32', 'bytes32', 'bytes32'];
            const values = [BigInt(cell.jobId), cell.cellIndex, cell.op, cell.m, cell.n, cell.k,
                cell.rootA, cell.rootB, cell.rootC];
            const encoded = encodeAbiParameters(types.map((type) => ({ type })), values);
            const chunks = Math.ceil(cell.k / 4096);
            const element = p.row * cell.n + p.column;
            const chunk = (opening, index) => {
                const depth = opening.siblings.length / chunks;
                return {
                    data: `0x${opening.data.slice(2 + 8192 * index, 2 + 8192 * (index + 1))}`,
                    siblings: opening.siblings.slice(depth * index, depth * (index + 1)),
                };
            };
            const rows = (tag, row, opening) => Array.from({ length: chunks }, (_, index) =>
                open(tag, row * chunks + index, chunk(opening, index)));
            const [a, b] = [p.a, p.b].map((opening) => [...hexToBytes(opening.data)].map(signed));
            const c = new DataView(hexToBytes(p.c.data).buffer);
            return {
                cells: open('0x50', p.position, { data: encoded, siblings: p.cellSiblings }),
                a: rows('0x41', p.row, p.a),
                b: rows('0x42', p.column, p.b),
                c: open('0x43', Math.floor(element / 64), p.c),
                claimed: c.getInt32(4 * (element % 64)),
                actual: a.reduce((sum, value, k) => sum + value * b[k], 0),
                lengths: [a.length, b.length],
            };
        }));
        """;

    private static readonly GemmShape[] Shapes =
        [new(1, 1, 1), new(3, 5, 7), new(17, 9, 64), new(5, 70, 33), new(2, 3, 4096), new(2, 3, 4097), new(3, 2, 9000)];

    [Fact]
    public async Task Openings_lead_to_the_committed_roots_for_an_independent_reader()
    {
        RandomCell[] data = [.. Shapes.Select((shape, seed) => new RandomCell(shape, seed))];
        TestBatch batch = TestBatch.Of(data);
        Random random = new(3);
        EvidenceProof[] proofs = [.. Enumerable.Range(0, 3 * data.Length).Select(index =>
        {
            int position = index % data.Length;
            GemmShape shape = data[position].Shape;
            return EvidenceProof.Of(batch.Prove(1, position, random.Next(shape.M), random.Next(shape.N)));
        })];

        JsonElement rebuilt = await NodeScript.RunAsync(
            Script,
            JsonSerializer.SerializeToElement(proofs.Select(proof => new { proof }), JsonSerializerOptions.Web),
            TestContext.Current.CancellationToken);

        foreach ((EvidenceProof proof, JsonElement roots) in proofs.Zip(rebuilt.EnumerateArray()))
        {
            CellCommitment cell = batch.Cells[(int)proof.Position].Commitment;
            RandomCell cellData = data[proof.Position];
            int element = cellData.C[(proof.Row * cell.Shape.N) + proof.Column];
            Assert.Equal(batch.Root, Root(roots.GetProperty("cells")));
            Assert.All(roots.GetProperty("a").EnumerateArray(), root => Assert.Equal(cell.RootA, Root(root)));
            Assert.All(roots.GetProperty("b").EnumerateArray(), root => Assert.Equal(cell.RootB, Root(root)));
            Assert.Equal(cell.RootC, Root(roots.GetProperty("c")));
            Assert.Equal(element, roots.GetProperty("claimed").GetInt32());
            Assert.Equal(element, roots.GetProperty("actual").GetInt32());
            Assert.All(
                roots.GetProperty("lengths").EnumerateArray(),
                length => Assert.Equal(cell.Shape.K, length.GetInt32()));
        }

        static Hash32 Root(JsonElement text) => Hash32.Parse(text.GetString()!);
    }
}
