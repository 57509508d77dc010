namespace Gplusck.GpuVerify.Tests.Screening;

/// <summary>
/// The lemma behind the screen, at a size where every case can be tried: for integers d, |d| &lt; 2^b, not all zero,
/// and r uniform in 0 … 2^b − 1, the sum Σ d·r is 0 modulo 2^2b with probability at most 2^-b. The screen uses b = 32.
/// </summary>
public class FreivaldsLemmaTests
{
    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void No_pair_of_errors_passes_more_often_than_one_in_2_to_the_b(int b)
    {
        int range = 1 << b;
        int modulus = 1 << (2 * b);
        int mostPasses = 0;
        for (int d0 = 1 - range; d0 < range; d0++)
        {
            for (int d1 = 1 - range; d1 < range; d1++)
            {
                if (d0 != 0 || d1 != 0)
                {
                    mostPasses = Math.Max(mostPasses, Passes(d0, d1, range, modulus));
                }
            }
        }

        // 2^2b choices of r, of which at most 2^b may pass; some pair reaches the bound.
        Assert.Equal(range, mostPasses);
    }

    [Fact]
    public void With_half_the_modulus_the_bound_would_not_hold() =>
        Assert.True(Passes(d0: 16, d1: 0, range: 32, modulus: 32) > 32);

    private static int Passes(int d0, int d1, int range, int modulus)
    {
        int passes = 0;
        for (int r0 = 0; r0 < range; r0++)
        {
            for (int r1 = 0; r1 < range; r1++)
            {
                if (((d0 * r0) + (d1 * r1)) % modulus == 0)
                {
                    passes++;
                }
            }
        }

        return passes;
    }
}
