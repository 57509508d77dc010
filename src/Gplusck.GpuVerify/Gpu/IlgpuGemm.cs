using System.Runtime.InteropServices;
using Gplusck.GpuVerify.Cells;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace Gplusck.GpuVerify.Gpu;

/// <summary>GEMM_S8 on a GPU through ILGPU; the same bits as <see cref="Reference.ScalarGemm"/>.</summary>
/// <remarks>Products run one at a time; calls from several threads wait for one another.</remarks>
public sealed class IlgpuGemm : IGemmBackend, IDisposable
{
    private readonly Lock oneAtATime = new();
    private readonly Context context;
    private readonly Accelerator accelerator;
    private readonly Action<KernelConfig, ArrayView<int>, ArrayView<int>, ArrayView<int>, int, int, int> kernel;
    private readonly int side;

    private IlgpuGemm(Context context, Device device)
    {
        this.context = context;
        Name = NameOf(device.AcceleratorType);
        accelerator = device.CreateAccelerator(context);
        kernel = accelerator
            .LoadStreamKernel<ArrayView<int>, ArrayView<int>, ArrayView<int>, int, int, int>(GemmKernel.MultiplyTile);
        side = GemmKernel.MaxSide;
        while (side * side > accelerator.MaxNumThreadsPerGroup)
        {
            side /= 2;
        }
    }

    /// <summary>"cuda" or "opencl".</summary>
    public string Name { get; }

    /// <summary>The GPUs that this machine's drivers show, CUDA first; empty when there is none.</summary>
    public static IReadOnlyList<GpuDevice> Devices()
    {
        using Context context = GpuContext.Create(AddGpus);
        return
        [
            .. Gpus(context).Select(
                device => new GpuDevice(NameOf(device.AcceleratorType), device.Name, device.MemorySize)),
        ];
    }

    /// <summary>A backend on the first CUDA device, else on the first OpenCL device, else null.</summary>
    /// <remarks>Dispose it before the process ends: it holds memory of the device.</remarks>
    public static IlgpuGemm? TryCreate() => TryCreate(AddGpus, Gpus);

    /// <summary>A backend on the first device of one kind, "cuda" or "opencl", or null.</summary>
    internal static IlgpuGemm? TryCreate(string kind) =>
        TryCreate(AddGpus, context => Gpus(context).Where(device => NameOf(device.AcceleratorType) == kind));

    /// <summary>The kernel on ILGPU's simulator: for tests only, far slower than the scalar reference.</summary>
    internal static IlgpuGemm OnSimulator() =>
        TryCreate(builder => builder.CPU(CPUDeviceKind.Default), context => context.Devices)!;

    /// <inheritdoc/>
    public unsafe void Multiply(GemmShape shape, ReadOnlySpan<sbyte> a, ReadOnlySpan<sbyte> bt, Span<int> c)
    {
        shape.Check(a, bt, c);
        int words = (shape.K + sizeof(int) - 1) / sizeof(int);
        int tile = GemmKernel.PerThread * side;
        int tiles = checked(((shape.M + tile - 1) / tile) * ((shape.N + tile - 1) / tile));
        lock (oneAtATime)

        // A driver may still read or write after a copy has returned: nothing moves until the device is done.
        fixed (sbyte* pinnedA = a, pinnedBt = bt)
        fixed (int* pinnedC = c)
        {
            using MemoryBuffer1D<int, Stride1D.Dense> deviceA = Upload(a, shape.M, shape.K, words);
            using MemoryBuffer1D<int, Stride1D.Dense> deviceBt = Upload(bt, shape.N, shape.K, words);
            using MemoryBuffer1D<int, Stride1D.Dense> deviceC = accelerator.Allocate1D<int>(shape.LengthC);
            KernelConfig config = new(new Index3D(tiles, 1, 1), new Index3D(side, side, 1));
            kernel(config, deviceA.View, deviceBt.View, deviceC.View, shape.M, shape.N, words);
            deviceC.View.BaseView.CopyToCPU(c);
            accelerator.Synchronize();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        accelerator.Dispose();
        context.Dispose();
    }

    private static IlgpuGemm? TryCreate(
        Func<Context.Builder, Context.Builder> devices, Func<Context, IEnumerable<Device>> choose)
    {
        Context context = GpuContext.Create(devices);
        if (choose(context).FirstOrDefault() is Device device)
        {
            return new IlgpuGemm(context, device);
        }

        context.Dispose();
        return null;
    }

    private static Context.Builder AddGpus(Context.Builder builder) => builder.Cuda().OpenCL();

    private static IEnumerable<Device> Gpus(Context context) =>
        context.Devices
            .Where(device => device is CudaDevice or CLDevice { DeviceType: CLDeviceType.CL_DEVICE_TYPE_GPU })
            .OrderBy(device => device is CudaDevice ? 0 : 1);

    private static string NameOf(AcceleratorType type) => type switch
    {
        AcceleratorType.Cuda => "cuda",
        AcceleratorType.OpenCL => "opencl",
        _ => "ilgpu-simulator",
    };

    // Rows start on a word, so K is filled up with zeros to a multiple of four.
    private MemoryBuffer1D<int, Stride1D.Dense> Upload(ReadOnlySpan<sbyte> matrix, int rows, int k, int words)
    {
        MemoryBuffer1D<int, Stride1D.Dense> buffer = accelerator.Allocate1D<int>((long)rows * words);
        if (k % sizeof(int) == 0)
        {
            buffer.View.BaseView.CopyFromCPU(MemoryMarshal.Cast<sbyte, int>(matrix));
            return buffer;
        }

        int[] padded = GC.AllocateArray<int>(checked(rows * words), pinned: true);
        for (int row = 0; row < rows; row++)
        {
            matrix.Slice(row * k, k).CopyTo(MemoryMarshal.Cast<int, sbyte>(padded.AsSpan(row * words, words)));
        }

        buffer.View.BaseView.CopyFromCPU((ReadOnlySpan<int>)padded);
        return buffer;
    }
}
