using Gplusck.GpuVerify.Cells;

namespace Gplusck.GpuVerify.Tests.Backends;

public sealed class AvxVnniGemmTests : GemmBackendTests
{
    protected override IGemmBackend Backend() => SimdPath.Named("avx-vnni", threads: 1);
}
