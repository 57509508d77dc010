using System.Reflection;
using Gplusck.GpuVerify.Gpu;
using ILGPU;
using ILGPU.Backends;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.OpenCL;
using ILGPU.Backends.PTX;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace Gplusck.GpuVerify.Tests.Backends;

/// <summary>What the kernel becomes for a GPU's driver. Needs no GPU.</summary>
internal static class KernelAssembly
{
    /// <summary>The PTX text that a CUDA driver would be given for an architecture.</summary>
    internal static string Ptx(CudaArchitecture architecture)
    {
        using Context context = GpuContext.Create(builder => builder);
        using PTXBackend backend = new(context, architecture, CudaInstructionSet.ISA_80, nvvmAPI: null!);
        return ((PTXCompiledKernel)Compile(backend)).PTXAssembly;
    }

    /// <summary>The OpenCL C source that a driver with generic addresses would be given.</summary>
    internal static string OpenCl()
    {
        using Context context = GpuContext.Create(builder => builder);
        CLCapabilityContext capabilities = new(
            float16: false, float64: false, genericAddressSpace: true, int64_Atomics: false, subGroups: false);
        using CLBackend backend = new(context, capabilities, CLDeviceVendor.Other, new CLCVersion(2, 0));
        return ((CLCompiledKernel)Compile(backend)).Source;
    }

    private static CompiledKernel Compile(Backend backend)
    {
        MethodInfo kernel = typeof(GemmKernel).GetMethod(
            nameof(GemmKernel.MultiplyTile), BindingFlags.NonPublic | BindingFlags.Static)!;
        return backend.Compile(EntryPointDescription.FromExplicitlyGroupedKernel(kernel), default);
    }
}
