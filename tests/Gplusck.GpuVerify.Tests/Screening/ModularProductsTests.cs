using System.Runtime.InteropServices;
using CsCheck;
using Gplusck.GpuVerify.Cells;
using Gplusck.GpuVerify.Screening;

namespace Gplusck.GpuVerify.Tests.Screening;

public class ModularProductsTests
{
    private readonly ScalarProducts scalar = new();

    [Fact]
    public void The_vector_path_equals_wrap_around_arithmetic_on_any_shape()
    {
        VnniProducts vector = Vector();
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 200], Gen.Int).Sample(
            (rows, columns, seed) => AssertEqual(vector, rows, columns, new Random(seed)), iter: 500, threads: 1);
    }

    [Theory]
    [InlineData(3, 65_536)]
    [InlineData(2, 3000)]
    [InlineData(70_001, 37)]
    [InlineData(131_073, 32)]
    public void The_vector_path_equals_wrap_around_arithmetic_on_long_rows_and_columns(int rows, int columns) =>
        AssertEqual(Vector(), rows, columns, new Random(rows));

    [Theory]
    [InlineData(-128)]
    [InlineData(127)]
    public void Extremes_do_not_overflow_the_partial_sums(sbyte element)
    {
        VnniProducts vector = Vector();
        sbyte[] matrix = new sbyte[70_000 * 32];
        Array.Fill(matrix, element);
        uint[] weights = new uint[70_000];
        Array.Fill(weights, uint.MaxValue);
        ulong[] sums = new ulong[32];
        vector.WeightRows(matrix, weights, sums);
        Assert.All(sums, sum => Assert.Equal(unchecked((ulong)(70_000L * uint.MaxValue * element)), sum));

        ulong[] ones = new ulong[GemmShape.MaxK];
        Array.Fill(ones, ulong.MaxValue);
        ulong[] product = new ulong[1];
        vector.Apply(matrix.AsSpan(0, GemmShape.MaxK), ones, product);
        Assert.Equal(unchecked((ulong)(-(long)element * GemmShape.MaxK)), product[0]);
    }

    private static VnniProducts Vector()
    {
        Assert.SkipUnless(VnniProducts.IsSupported, "This processor has no avx-vnni.");
        return new VnniProducts();
    }

    private void AssertEqual(VnniProducts vector, int rows, int columns, Random random)
    {
        sbyte[] matrix = new sbyte[rows * columns];
        int[] wide = new int[rows * columns];
        uint[] rowWeights = new uint[rows];
        uint[] columnWeights = new uint[columns];
        ulong[] columnVector = new ulong[columns];
        random.NextBytes(MemoryMarshal.AsBytes(matrix.AsSpan()));
        random.NextBytes(MemoryMarshal.AsBytes(wide.AsSpan()));
        random.NextBytes(MemoryMarshal.AsBytes(rowWeights.AsSpan()));
        random.NextBytes(MemoryMarshal.AsBytes(columnWeights.AsSpan()));
        random.NextBytes(MemoryMarshal.AsBytes(columnVector.AsSpan()));
        Assert.Equal(Run(scalar), Run(vector));

        ulong[][] Run(IModularProducts products)
        {
            ulong[][] results = [new ulong[columns], new ulong[rows], new ulong[rows]];
            products.WeightRows(matrix, rowWeights, results[0]);
            products.Apply(matrix, columnVector, results[1]);
            products.Apply(wide, columnWeights, results[2]);
            return results;
        }
    }
}
