using System.Text.Json;
using Gplusck.GpuVerify.Cells;
using Gplusck.GpuVerify.Reference;
using Gplusck.Testing;

namespace Gplusck.GpuVerify.Tests.Reference;

public class ScalarGemmTests
{
    private const string Script = """
        output(input.map(({ m, n, k, a, bt }) => {
            const c = [];
            for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) {
                let sum = 0n;
                for (let x = 0; x < k; x++) sum += BigInt(a[i * k + x]) * BigInt(bt[j * k + x]);
                c.push(Number(sum));
            }
            return c;
        }));
        """;

    [Fact]
    public async Task The_reference_equals_unbounded_integers_in_another_language()
    {
        RandomCell[] cells =
        [
            new(new GemmShape(1, 1, 1), 1), new(new GemmShape(3, 5, 7), 2), new(new GemmShape(17, 9, 33), 3),
            new(new GemmShape(1, 2, 65_536), 4),
        ];
        object[] input =
        [
            .. cells.Select(
                cell => new { m = cell.Shape.M, n = cell.Shape.N, k = cell.Shape.K, a = cell.A, bt = cell.Bt }),
        ];
        JsonElement products = await NodeScript.RunAsync(Script, input, TestContext.Current.CancellationToken);
        Assert.Equal(
            products.EnumerateArray().Select(c => c.EnumerateArray().Select(element => element.GetInt32())),
            cells.Select(cell => cell.C));
    }

    [Theory]
    [InlineData(-128, -128, 1 << 30)]
    [InlineData(-128, 127, -(1 << 30) + (128 * 65_536))]
    public void The_longest_rows_of_extremes_do_not_overflow(sbyte a, sbyte b, int expected)
    {
        sbyte[] row = new sbyte[GemmShape.MaxK];
        sbyte[] column = new sbyte[GemmShape.MaxK];
        Array.Fill(row, a);
        Array.Fill(column, b);
        Assert.Equal(expected, ScalarGemm.Dot(row, column));
    }
}
