using System.Buffers.Binary;
using CsCheck;
using Gplusck.Chain;
using Gplusck.Compute.Assignments;
using Gplusck.Compute.Jobs;
using Gplusck.GpuVerify.Cells;

namespace Gplusck.Compute.Tests.Assignments;

public sealed class CellWireTests
{
    private const int OffsetOfM = 4 + 37;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_arrives_as_it_was_sent() =>
        await Gen.Select(Gen.Int[1, 20], Gen.Int[1, 20], Gen.Int[1, 90], Gen.UInt, Gen.Int).SampleAsync(
            async (m, n, k, index, seed) =>
            {
                Random random = new(seed);
                CellTask task = RandomCells.Task(new GemmShape(m, n, k), random);
                SignedAssignment order = RandomCells.Order(task, index, random);
                using MemoryStream wire = new(CellWire.WriteRequest(order, task));

                SignedAssignment received = await CellWire.ReadAssignmentAsync(wire, Cancellation);
                CellTask operands = await CellWire.ReadOperandsAsync(wire, received.Assignment.Shape, Cancellation);

                Assert.Equal(order.Assignment, received.Assignment);
                Assert.Equal(order.Signature, received.Signature);
                Assert.Equal(task.A, operands.A);
                Assert.Equal(task.Bt, operands.Bt);
            }, iter: 200);

    [Fact]
    public async Task A_result_arrives_as_it_was_sent()
    {
        int[] c = [0, 1, -1, int.MaxValue, int.MinValue, 0x01020304];
        byte[] bytes = CellWire.WriteResult(c);
        using MemoryStream wire = new(bytes);

        Assert.Equal([1, 2, 3, 4], bytes[^4..]);
        Assert.Equal(c, await CellWire.ReadResultAsync(wire, new GemmShape(2, 3, 1), Cancellation));
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(-1, 4, 4)]
    [InlineData(int.MaxValue, int.MaxValue, int.MaxValue)]
    [InlineData(65_536, 1, 65_536)]
    [InlineData(1, 1, 65_537)]
    [InlineData(4_096, 4_096, 1)]
    public async Task Sides_that_are_impossible_or_too_large_are_refused_before_anything_is_read(int m, int n, int k)
    {
        CellTask task = RandomCells.Task(new GemmShape(1, 1, 1), new Random(1));
        byte[] request = CellWire.WriteRequest(RandomCells.Order(task, 0, new Random(2)), task);
        BinaryPrimitives.WriteInt32BigEndian(request.AsSpan(OffsetOfM), m);
        BinaryPrimitives.WriteInt32BigEndian(request.AsSpan(OffsetOfM + 4), n);
        BinaryPrimitives.WriteInt32BigEndian(request.AsSpan(OffsetOfM + 8), k);
        using MemoryStream wire = new(request);

        await Assert.ThrowsAsync<InvalidInputException>(() => CellWire.ReadAssignmentAsync(wire, Cancellation));
        Assert.Equal(CellWire.HeaderLength, wire.Position);
    }

    [Fact]
    public async Task A_request_cut_anywhere_or_with_a_byte_too_many_is_refused()
    {
        CellTask task = RandomCells.Task(new GemmShape(2, 3, 5), new Random(1));
        byte[] request = CellWire.WriteRequest(RandomCells.Order(task, 7, new Random(2)), task);
        for (int length = 0; length <= request.Length + 1; length++)
        {
            byte[] changed = request[..Math.Min(length, request.Length)];
            Array.Resize(ref changed, length);
            if (length != request.Length)
            {
                await Assert.ThrowsAsync<InvalidInputException>(() => ReadAsync(changed));
            }
        }

        Assert.Equal(task.Bt, (await ReadAsync(request)).Bt);
    }

    [Fact]
    public async Task Noise_is_refused_with_a_sentence_and_never_with_anything_else() =>
        await Gen.Byte.Array[0, 400].SampleAsync(async noise =>
        {
            "GPC1"u8[..Math.Min(4, noise.Length)].CopyTo(noise);
            try
            {
                await ReadAsync(noise);
            }
            catch (InvalidInputException exception)
            {
                Assert.NotEmpty(exception.Message);
            }
        });

    private static async Task<CellTask> ReadAsync(byte[] request)
    {
        using MemoryStream wire = new(request);
        SignedAssignment order = await CellWire.ReadAssignmentAsync(wire, Cancellation);
        return await CellWire.ReadOperandsAsync(wire, order.Assignment.Shape, Cancellation);
    }
}
