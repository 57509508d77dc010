using CsCheck;
using Gplusck.Compute.Jobs;
using Gplusck.GpuVerify.Cells;
using Gplusck.GpuVerify.Reference;

namespace Gplusck.Compute.Tests.Jobs;

public sealed class TiledProductTests
{
    private static readonly Gen<(int M, int N, int K, int RowParts, int ColumnParts, int Seed)> Cuts =
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 40], Gen.Int[1, 70], Gen.Int[1, 9], Gen.Int[1, 9], Gen.Int);

    [Fact]
    public async Task Cells_put_together_are_the_whole_product_for_any_shape_and_cut() =>
        await Cuts.SampleAsync(async cut =>
        {
            Random random = new(cut.Seed);
            QuantisedMatrix a = Draw(cut.M, cut.K, random);
            QuantisedMatrix bt = Draw(cut.N, cut.K, random);
            TiledProduct product = new(a, bt, cut.RowParts, cut.ColumnParts);

            IReadOnlyList<int[]> results = await new LocalCellExecutor(new ScalarGemm())
                .ExecuteAsync(product.Cells, TestContext.Current.CancellationToken);

            int[] whole = new int[cut.M * cut.N];
            new ScalarGemm().Multiply(new GemmShape(cut.M, cut.N, cut.K), a.Values, bt.Values, whole);
            return product.Assemble([.. results]).AsSpan().SequenceEqual(whole)
                && product.Cells.Sum(cell => cell.Shape.MultiplyAccumulates) == (long)cut.M * cut.N * cut.K
                && product.Cells.Count == Math.Min(cut.RowParts, cut.M) * Math.Min(cut.ColumnParts, cut.N);
        }, iter: 300);

    private static QuantisedMatrix Draw(int rows, int columns, Random random)
    {
        byte[] bytes = new byte[rows * columns];
        random.NextBytes(bytes);
        return new QuantisedMatrix(rows, columns, (sbyte[])(object)bytes, 1);
    }
}
