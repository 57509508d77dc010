using Gplusck.GpuVerify.Simd;

namespace Gplusck.GpuVerify.Tests.Backends;

internal static class SimdPath
{
    internal static SimdGemm Named(string name, int threads)
    {
        SimdGemm? path = SimdGemm.Supported(threads).FirstOrDefault(path => path.Name == name);
        Assert.SkipWhen(path is null, $"This processor has no {name}.");
        return path;
    }
}
