using System.Text.Json;
using Gplusck.Chain.Primitives;
using Gplusck.GpuVerify.Cells;
using Gplusck.Testing;

namespace Gplusck.GpuVerify.Tests.Disputes;

public sealed class CellAssignmentTests
{
    [Fact]
    public async Task Digest_is_what_viem_signs()
    {
        const string Script = """
            import { hashTypedData } from 'viem';
            output(input.map((order) => hashTypedData({
                domain: { name: 'Gplusck', version: '1', chainId: 31337, verifyingContract: order.market },
                types: { CellAssignment: [
                    { name: 'jobId', type: 'uint256' }, { name: 'cellIndex', type: 'uint32' },
                    { name: 'm', type: 'uint32' }, { name: 'n', type: 'uint32' }, { name: 'k', type: 'uint32' },
                    { name: 'rootA', type: 'bytes32' }, { name: 'rootB', type: 'bytes32' },
                    { name: 'operator', type: 'address' }, { name: 'deadline', type: 'uint64' } ] },
                primaryType: 'CellAssignment',
                message: { ...order, jobId: BigInt(order.jobId), deadline: BigInt(order.deadline) } })));
            """;
        Random random = new(5);
        byte[] bytes = new byte[32];
        Address market = RandomAddress();
        CellAssignment[] orders = [.. Enumerable.Range(0, 30).Select(_ => new CellAssignment(
            random.NextInt64(), (uint)random.NextInt64(uint.MaxValue),
            new GemmShape(random.Next(1, 100), random.Next(1, 100), random.Next(1, 100)),
            RandomHash(), RandomHash(), RandomAddress(), (ulong)random.NextInt64()))];

        JsonElement digests = await NodeScript.RunAsync(
            Script,
            orders.Select(order => new
            {
                market = market.ToString(),
                jobId = order.JobId.ToString(System.Globalization.CultureInfo.InvariantCulture),
                cellIndex = order.CellIndex,
                m = order.Shape.M,
                n = order.Shape.N,
                k = order.Shape.K,
                rootA = order.RootA.ToString(),
                rootB = order.RootB.ToString(),
                @operator = order.Operator.ToString(),
                deadline = order.Deadline.ToString(System.Globalization.CultureInfo.InvariantCulture),
            }),
            TestContext.Current.CancellationToken);

        Assert.Equal(
            digests.EnumerateArray().Select(digest => digest.GetString()),
            orders.Select(order => order.Digest(31337, market).ToString()));

        Hash32 RandomHash()
        {
            random.NextBytes(bytes);
            return Hash32.FromBytes(bytes);
        }

        Address RandomAddress()
        {
            random.NextBytes(bytes);
            return Address.FromBytes(bytes.AsSpan(0, 20));
        }
    }
}
