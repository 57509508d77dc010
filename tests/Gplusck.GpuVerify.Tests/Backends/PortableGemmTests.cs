using Gplusck.GpuVerify.Cells;

namespace Gplusck.GpuVerify.Tests.Backends;

public sealed class PortableGemmTests : GemmBackendTests
{
    protected override IGemmBackend Backend() => SimdPath.Named("portable", threads: 1);
}
