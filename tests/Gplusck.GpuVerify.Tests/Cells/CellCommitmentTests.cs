using System.Numerics;
using System.Text.Json;
using Gplusck.Chain;
using Gplusck.Chain.Primitives;
using Gplusck.GpuVerify.Cells;
using Gplusck.Testing;

namespace Gplusck.GpuVerify.Tests.Cells;

public class CellCommitmentTests
{
    private const string Script = """
        const { encodeAbiParameters } = await import('viem');
        const types = ['uint256', 'uint32', 'uint8', 'uint32', 'uint32', 'uint32', 'bytes32', 'bytes32', 'bytes32'];
        const parameters = types.map(type => ({ type }));
        output(input.map(([jobId, ...rest]) => encodeAbiParameters(parameters, [BigInt(jobId), ...rest])));
        """;

    [Fact]
    public async Task Encoding_equals_abi_encode_by_viem()
    {
        CellCommitment[] cells =
        [
            Cell(0, 0, new GemmShape(1, 1, 1)),
            Cell(1, 7, new GemmShape(768, 1024, 4096)),
            Cell(BigInteger.Pow(2, 255) + 12345, uint.MaxValue, new GemmShape(3, 16_384, 65_536)),
            Cell(BigInteger.Pow(2, 256) - 1, 0x80000000, new GemmShape(1 << 30, 1, 1)),
        ];
        object[] input =
        [
            .. cells.Select(cell => new object[]
            {
                cell.JobId.ToString(), cell.CellIndex, cell.Op, cell.Shape.M, cell.Shape.N, cell.Shape.K,
                cell.RootA.ToString(), cell.RootB.ToString(), cell.RootC.ToString(),
            }),
        ];
        JsonElement encoded = await NodeScript.RunAsync(Script, input, TestContext.Current.CancellationToken);
        Assert.Equal(
            encoded.EnumerateArray().Select(hex => hex.GetString()),
            cells.Select(cell => Hex.ToHex(cell.Encode())));
    }

    [Fact]
    public void Job_ids_outside_256_bits_are_refused()
    {
        GemmShape shape = new(1, 1, 1);
        Assert.Throws<InvalidInputException>(() => Cell(-1, 0, shape).Encode());
        Assert.Throws<InvalidInputException>(() => Cell(BigInteger.Pow(2, 256), 0, shape).Encode());
    }

    private static CellCommitment Cell(BigInteger jobId, uint index, GemmShape shape) => new(
        jobId, index, CellCommitment.GemmS8, shape, Keccak.Hash([1]), Keccak.Hash([2]), Keccak.Hash([3]));
}
