using System.Reflection;
using ILGPU;
using ILGPU.Backends;
using ILGPU.Backends.OpenCL;
using ILGPU.Backends.PTX;
using ILGPU.IR;
using ILGPU.IR.Intrinsics;
using ILGPU.IR.Values;
using ILGPU.Runtime.Cuda;

namespace Gplusck.GpuVerify.Gpu;

/// <summary>sum + the dot product of four signed bytes packed in each of two words.</summary>
/// <remarks>
/// On CUDA this is one dp4a. ILGPU's inline assembly would pass its result through local memory, so the instruction is
/// taught to the code generator instead; OpenCL and GPUs older than dp4a are given the shifts and products.
/// </remarks>
internal static class PackedDot
{
    /// <summary>The step. ILGPU compiles what <see cref="Teach"/> registers; the simulator runs this body.</summary>
    [IntrinsicImplementation]
    internal static int Add(int sum, int a, int b) => AddUnpacked(sum, a, b);

    /// <summary>Tells a context what to compile <see cref="Add"/> to.</summary>
    internal static void Teach(Context.Builder builder)
    {
        MethodInfo step = Method(nameof(Add));
        MethodInfo unpacked = Method(nameof(AddUnpacked));
        IntrinsicImplementationManager intrinsics = builder.GetIntrinsicManager();
        intrinsics.RegisterMethod(
            step,
            new PTXIntrinsic(
                typeof(PackedDot), nameof(EmitDp4a), IntrinsicImplementationMode.GenerateCode, CudaArchitecture.SM_61));
        intrinsics.RegisterMethod(
            step,
            new PTXIntrinsic(unpacked, IntrinsicImplementationMode.Redirect, null, CudaArchitecture.SM_60));
        intrinsics.RegisterMethod(step, new CLIntrinsic(unpacked, IntrinsicImplementationMode.Redirect));
    }

    private static MethodInfo Method(string name) =>
        typeof(PackedDot).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!;

    private static int AddUnpacked(int sum, int a, int b) =>
        sum
        + (((a << 24) >> 24) * ((b << 24) >> 24))
        + (((a << 16) >> 24) * ((b << 16) >> 24))
        + (((a << 8) >> 24) * ((b << 8) >> 24))
        + ((a >> 24) * (b >> 24));

    private static void EmitDp4a(PTXBackend backend, PTXCodeGenerator generator, Value value)
    {
        MethodCall call = (MethodCall)value;
        RegisterAllocator<PTXRegisterKind>.PrimitiveRegister sum = generator.LoadPrimitive(call[0]);
        RegisterAllocator<PTXRegisterKind>.PrimitiveRegister a = generator.LoadPrimitive(call[1]);
        RegisterAllocator<PTXRegisterKind>.PrimitiveRegister b = generator.LoadPrimitive(call[2]);
        RegisterAllocator<PTXRegisterKind>.HardwareRegister result = generator.AllocateHardware(call);
        using PTXCodeGenerator.CommandEmitter command = generator.BeginCommand("dp4a.s32.s32");
        command.AppendArgument(result);
        command.AppendArgument(a);
        command.AppendArgument(b);
        command.AppendArgument(sum);
    }
}
