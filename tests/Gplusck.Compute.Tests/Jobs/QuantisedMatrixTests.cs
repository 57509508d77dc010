using CsCheck;
using Gplusck.Compute.Jobs;

namespace Gplusck.Compute.Tests.Jobs;

public sealed class QuantisedMatrixTests
{
    private static readonly Gen<float[]> Elements = Gen.Float[-1_000, 1_000].Array[1, 50];

    [Fact]
    public void Nearest_is_never_more_than_half_a_step_off() =>
        Elements.Sample(elements =>
        {
            QuantisedMatrix matrix = QuantisedMatrix.Nearest(1, elements.Length, elements);
            Assert.All(elements, (element, i) =>
                Assert.InRange(MathF.Abs(element - (matrix.Values[i] * matrix.Scale)), 0, matrix.Scale * 0.501f));
        });

    [Fact]
    public void Stochastic_is_less_than_a_step_off_and_right_on_average()
    {
        Random random = new(3);
        float[] elements = [1, 0.3f, -0.001f];
        double sum = 0;
        for (int draw = 0; draw < 20_000; draw++)
        {
            QuantisedMatrix matrix = QuantisedMatrix.Stochastic(1, 3, elements, random);
            Assert.All(elements, (element, i) =>
                Assert.InRange(MathF.Abs(element - (matrix.Values[i] * matrix.Scale)), 0, matrix.Scale * 1.001f));
            sum += matrix.Values[2] * matrix.Scale;
        }

        Assert.InRange(sum / 20_000, -0.00115, -0.00085);
    }

    [Fact]
    public void Zeros_stay_zero()
    {
        Assert.All(QuantisedMatrix.Nearest(2, 2, new float[4]).Values, value => Assert.Equal(0, value));
        Assert.All(
            QuantisedMatrix.Stochastic(2, 2, new float[4], new Random(1)).Values, value => Assert.Equal(0, value));
    }
}
