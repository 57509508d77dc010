using Gplusck.GpuVerify.Cells;
using Gplusck.GpuVerify.Simd;

namespace Gplusck.GpuVerify.Tests.Backends;

public sealed class ThreadedGemmTests : GemmBackendTests
{
    protected override IGemmBackend Backend() => SimdGemm.Best(threads: 3);
}
