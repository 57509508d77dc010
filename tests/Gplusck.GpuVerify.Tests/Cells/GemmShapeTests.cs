using Gplusck.Chain;
using Gplusck.GpuVerify.Cells;

namespace Gplusck.GpuVerify.Tests.Cells;

public class GemmShapeTests
{
    [Theory]
    [InlineData(0, 1, 1, "M is 0")]
    [InlineData(1, 0, 1, "N is 0")]
    [InlineData(1, 1, 0, "K is 0")]
    [InlineData(-5, 1, 1, "M is -5")]
    [InlineData(1, int.MinValue, 1, "N is -2147483648")]
    [InlineData(1, 1, 65_537, "K is 65537")]
    [InlineData(65_536, 65_536, 1, "4294967296 elements")]
    [InlineData(32_768, 1, 65_536, "2147483648 elements")]
    public void Sides_that_no_cell_can_have_are_refused(int m, int n, int k, string saying)
    {
        InvalidInputException refusal = Assert.Throws<InvalidInputException>(() => new GemmShape(m, n, k));
        Assert.Contains(saying, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_largest_dot_product_is_allowed()
    {
        GemmShape shape = new(2, 3, 65_536);
        Assert.Equal((131_072, 196_608, 6), (shape.LengthA, shape.LengthBt, shape.LengthC));
        Assert.Equal(393_216, shape.MultiplyAccumulates);
    }

    [Theory]
    [InlineData(5, 12, 8, "A has 5")]
    [InlineData(6, 11, 8, "Bt has 11")]
    [InlineData(6, 12, 9, "C has 9")]
    public void Matrices_of_another_length_are_refused(int a, int bt, int c, string saying)
    {
        GemmShape shape = new(2, 4, 3);
        InvalidInputException refusal = Assert.Throws<InvalidInputException>(
            () => shape.Check(new sbyte[a], new sbyte[bt], new int[c]));
        Assert.StartsWith(saying, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_shape_that_was_never_set_is_refused() =>
        Assert.Throws<InvalidInputException>(() => default(GemmShape).Check([], [], []));
}
