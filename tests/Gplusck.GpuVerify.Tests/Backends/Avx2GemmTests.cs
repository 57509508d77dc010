using Gplusck.GpuVerify.Cells;

namespace Gplusck.GpuVerify.Tests.Backends;

public sealed class Avx2GemmTests : GemmBackendTests
{
    protected override IGemmBackend Backend() => SimdPath.Named("avx2", threads: 1);
}
