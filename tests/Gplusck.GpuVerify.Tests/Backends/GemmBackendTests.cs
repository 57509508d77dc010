using CsCheck;
using Gplusck.Chain;
using Gplusck.GpuVerify.Cells;

namespace Gplusck.GpuVerify.Tests.Backends;

/// <summary>What every backend must hold, whatever it runs on.</summary>
public abstract class GemmBackendTests
{
    /// <summary>Shapes around the edges of tiles, panels, words and vectors.</summary>
    public static TheoryData<int, int, int> EdgeShapes => new()
    {
        { 1, 1, 1 }, { 1, 17, 31 }, { 17, 1, 33 }, { 6, 16, 4 }, { 7, 17, 5 }, { 5, 15, 3 }, { 31, 33, 64 },
        { 64, 64, 64 }, { 33, 31, 65 }, { 1, 1, 1025 }, { 13, 2, 1025 }, { 1025, 3, 17 }, { 2, 1025, 17 },
        { 65, 63, 127 },
    };

    /// <summary>The backend, or a skipped test when this machine cannot run it.</summary>
    protected abstract IGemmBackend Backend();

    /// <summary>Multiply-accumulates that a test of this backend can afford.</summary>
    protected virtual long Affordable => long.MaxValue;

    [Theory]
    [MemberData(nameof(EdgeShapes))]
    public void Every_edge_of_a_shape_equals_the_reference(int m, int n, int k)
    {
        GemmShape shape = new(m, n, k);
        IGemmBackend backend = Backend();
        Assert.SkipWhen(shape.MultiplyAccumulates > Affordable, "Too large for a simulated device.");
        AssertEqualsReference(backend, new RandomCell(shape, seed: m + n + k));
    }

    [Fact]
    public void Random_shapes_equal_the_reference()
    {
        IGemmBackend backend = Backend();
        int side = Affordable == long.MaxValue ? 90 : 12;
        Gen.Select(Gen.Int[1, side], Gen.Int[1, side], Gen.Int[1, 3 * side], Gen.Int).Sample(
            (m, n, k, seed) => AssertEqualsReference(backend, new RandomCell(new GemmShape(m, n, k), seed)),
            iter: Affordable == long.MaxValue ? 300 : 5,
            threads: 1);
    }

    [Theory]
    [InlineData(-128, -128)]
    [InlineData(-128, 127)]
    [InlineData(127, -128)]
    [InlineData(127, 127)]
    public void The_longest_rows_of_extremes_neither_saturate_nor_overflow(sbyte left, sbyte right)
    {
        IGemmBackend backend = Backend();
        GemmShape shape = new(2, 2, Affordable == long.MaxValue ? GemmShape.MaxK : 1024);
        sbyte[] a = new sbyte[shape.LengthA];
        sbyte[] bt = new sbyte[shape.LengthBt];
        int[] c = new int[shape.LengthC];
        Array.Fill(a, left);
        Array.Fill(bt, right);
        backend.Multiply(shape, a, bt, c);
        Assert.All(c, element => Assert.Equal(left * right * shape.K, element));
    }

    [Fact]
    public void Old_content_of_the_result_does_not_matter()
    {
        IGemmBackend backend = Backend();
        RandomCell cell = new(new GemmShape(7, 9, 21), 5);
        int[] c = new int[cell.C.Length];
        Array.Fill(c, int.MaxValue);
        backend.Multiply(cell.Shape, cell.A, cell.Bt, c);
        Assert.Equal(cell.C, c);
    }

    [Fact]
    public void Operands_of_another_shape_are_refused_before_anything_is_written()
    {
        IGemmBackend backend = Backend();
        GemmShape shape = new(4, 4, 4);
        int[] c = new int[16];
        Array.Fill(c, -1);
        Assert.Throws<InvalidInputException>(() => backend.Multiply(shape, new sbyte[15], new sbyte[16], c));
        Assert.Throws<InvalidInputException>(() => backend.Multiply(shape, new sbyte[16], new sbyte[17], c));
        Assert.Throws<InvalidInputException>(() => backend.Multiply(shape, new sbyte[16], new sbyte[16], new int[15]));
        Assert.Throws<InvalidInputException>(() => backend.Multiply(default, [], [], []));
        Assert.All(c, element => Assert.Equal(-1, element));
    }

    private static void AssertEqualsReference(IGemmBackend backend, RandomCell cell)
    {
        int[] c = new int[cell.C.Length];
        backend.Multiply(cell.Shape, cell.A, cell.Bt, c);
        Assert.Equal(cell.C, c);
    }
}
