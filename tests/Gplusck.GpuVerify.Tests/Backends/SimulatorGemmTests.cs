using Gplusck.GpuVerify.Cells;
using Gplusck.GpuVerify.Gpu;

namespace Gplusck.GpuVerify.Tests.Backends;

/// <summary>The GPU kernel on ILGPU's simulator, which needs no GPU and is very slow.</summary>
public sealed class SimulatorGemmTests : GemmBackendTests, IDisposable
{
    private readonly IlgpuGemm simulator = IlgpuGemm.OnSimulator();

    public void Dispose() => simulator.Dispose();

    protected override long Affordable => 40_000;

    protected override IGemmBackend Backend() => simulator;
}
