using System.Numerics;
using Gplusck.Chain.Bindings;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Rpc;
using Gplusck.Chain.Signing;
using Gplusck.GpuVerify.Cells;
using Gplusck.GpuVerify.Reference;
using Gplusck.Testing;

namespace Gplusck.GpuVerify.Tests.Disputes;

[Trait("Needs", "Postgres"), Trait("Needs", "Anvil")]
public sealed class CourtTests(PostgresFixture postgres, DeploymentFixture chain)
{
    private static readonly GemmShape[] Shapes =
    [
        new(1, 1, 1), new(9, 30, 31), new(33, 7, 32), new(4, 5, 784),
        new(2, 2, 4_096), new(2, 3, 4_097), new(2, 2, 9_000),
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Court_multiplies_as_the_reference_does_and_refuses_to_punish_a_right_element()
    {
        await using DisputeRig rig = await DisputeRig.StartAsync(postgres, chain, Token);
        PrivateKey key = await rig.RegisterOperatorAsync(Token);
        RandomCell[] cells = [.. Shapes.Select((shape, seed) => new RandomCell(shape, 1_000 + seed))];
        Array.Fill(cells[6].A, sbyte.MinValue);
        Array.Fill(cells[6].Bt, sbyte.MinValue);
        new ScalarGemm().Multiply(cells[6].Shape, cells[6].A, cells[6].Bt, cells[6].C);
        (BigInteger id, TestBatch batch) = await rig.CommitAsync(key, cells, null, Token);
        Random random = new(11);

        for (int position = 0; position < cells.Length; position++)
        {
            for (int draw = 0; draw < 4; draw++)
            {
                GemmShape shape = cells[position].Shape;
                (int row, int column) = (random.Next(shape.M), random.Next(shape.N));
                FaultProof proof = batch.Prove(id, position, row, column);
                int element = cells[position].C[(row * shape.N) + column];

                MicrocellCourt court = rig.Contracts.MicrocellCourt;
                Assert.Equal((element, element), await rig.ReadAsync(court.Examine(proof), Token));
                ContractRevertException refused = await Assert.ThrowsAsync<ContractRevertException>(
                    () => rig.ReadAsync(court.Prove(proof, Hash32.Zero), Token));
                Assert.Equal("NotReserved", ContractErrors.NameOf(refused.RevertData));
            }
        }
    }

    [Fact]
    public async Task Court_finds_in_a_changed_element_what_the_reference_finds()
    {
        await using DisputeRig rig = await DisputeRig.StartAsync(postgres, chain, Token);
        PrivateKey key = await rig.RegisterOperatorAsync(Token);
        RandomCell[] cells = [.. Shapes.Select((shape, seed) => new RandomCell(shape, 2_000 + seed))];
        int[] actual = [.. cells.Select(cell => cell.C[^1])];
        Array.ForEach(cells, cell => cell.C[^1] ^= int.MinValue);
        (BigInteger id, TestBatch batch) = await rig.CommitAsync(key, cells, null, Token);

        for (int position = 0; position < cells.Length; position++)
        {
            GemmShape shape = cells[position].Shape;
            FaultProof proof = batch.Prove(id, position, shape.M - 1, shape.N - 1);

            Assert.Equal(
                (cells[position].C[^1], actual[position]),
                await rig.Client.CallAsync(rig.Contracts.MicrocellCourt.Examine(proof), BlockTag.Latest, Token));
        }
    }
}
