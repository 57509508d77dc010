using Gplusck.GpuVerify.Cells;
using Gplusck.GpuVerify.Gpu;

namespace Gplusck.GpuVerify.Tests.Backends;

/// <summary>The kernel on a real GPU: skipped without one, failed without one when GPLUSCK_REQUIRE_GPU is 1.</summary>
public abstract class GpuGemmTests(string kind) : GemmBackendTests, IDisposable
{
    private readonly IlgpuGemm? gpu = IlgpuGemm.TryCreate(kind);

    public void Dispose()
    {
        gpu?.Dispose();
        GC.SuppressFinalize(this);
    }

    protected override IGemmBackend Backend()
    {
        if (gpu is null)
        {
            bool required = Environment.GetEnvironmentVariable("GPLUSCK_REQUIRE_GPU") == "1" && kind == "cuda";
            Assert.False(required, "GPLUSCK_REQUIRE_GPU is 1, but ILGPU finds no CUDA device.");
            Assert.Skip($"No {kind} device on this machine.");
        }

        return gpu;
    }
}
