using ILGPU;

namespace Gplusck.GpuVerify.Gpu;

/// <summary>ILGPU contexts as every kernel here needs them.</summary>
internal static class GpuContext
{
    /// <summary>A context over the devices that <paramref name="devices"/> adds.</summary>
    internal static Context Create(Func<Context.Builder, Context.Builder> devices)
    {
        DriverLibraries.Resolve();
        return Context.Create(builder =>
        {
            devices(builder).Optimize(OptimizationLevel.O2);
            PackedDot.Teach(builder);
            TileBarrier.Teach(builder);
        });
    }
}
