using Gplusck.Chain;
using Gplusck.GpuVerify.Simd;

namespace Gplusck.GpuVerify.Tests.Backends;

public class SimdGemmTests
{
    [Fact]
    public void The_best_path_is_the_first_supported_one_and_the_portable_one_is_always_there()
    {
        Assert.Equal(SimdGemm.Supported()[0].Name, SimdGemm.Best().Name);
        Assert.Equal("portable", SimdGemm.Supported()[^1].Name);
    }

    [Fact]
    public void A_product_on_no_thread_is_refused() =>
        Assert.Throws<InvalidInputException>(() => SimdGemm.Best(threads: 0));
}
