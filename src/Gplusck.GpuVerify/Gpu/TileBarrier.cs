using System.Reflection;
using ILGPU;
using ILGPU.Backends.OpenCL;
using ILGPU.Backends.PTX;
using ILGPU.IR;
using ILGPU.IR.Intrinsics;

namespace Gplusck.GpuVerify.Gpu;

/// <summary>Waits for the whole group and makes its shared memory visible.</summary>
/// <remarks>
/// For OpenCL, ILGPU 1.5.3 writes Group.Barrier with CLK_GLOBAL_MEM_FENCE alone, which promises nothing about shared
/// memory; this writes the fence that the kernel needs.
/// </remarks>
internal static class TileBarrier
{
    /// <summary>Every thread of the group must call it.</summary>
    [IntrinsicImplementation]
    internal static void Wait() => Group.Barrier();

    /// <summary>Tells a context what to compile <see cref="Wait"/> to.</summary>
    internal static void Teach(Context.Builder builder)
    {
        MethodInfo wait = Method(nameof(Wait));
        IntrinsicImplementationManager intrinsics = builder.GetIntrinsicManager();
        intrinsics.RegisterMethod(
            wait, new PTXIntrinsic(Method(nameof(WaitForGroup)), IntrinsicImplementationMode.Redirect));
        intrinsics.RegisterMethod(
            wait, new CLIntrinsic(typeof(TileBarrier), nameof(EmitOpenCl), IntrinsicImplementationMode.GenerateCode));
    }

    private static MethodInfo Method(string name) =>
        typeof(TileBarrier).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!;

    private static void WaitForGroup() => Group.Barrier();

    private static void EmitOpenCl(CLBackend backend, CLCodeGenerator generator, Value value)
    {
        using CLCodeGenerator.StatementEmitter statement = generator.BeginStatement("barrier(CLK_LOCAL_MEM_FENCE)");
    }
}
