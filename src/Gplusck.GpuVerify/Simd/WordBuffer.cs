using System.Runtime.InteropServices;

namespace Gplusck.GpuVerify.Simd;

/// <summary>32-bit words that start on a cache line, so that no 32-byte load crosses one.</summary>
internal sealed unsafe class WordBuffer : IDisposable
{
    private const nuint CacheLineBytes = 64;
    private readonly nuint bytes;

    internal WordBuffer(nuint words)
    {
        bytes = words * sizeof(int);
        Pointer = (int*)NativeMemory.AlignedAlloc(bytes, CacheLineBytes);
    }

    internal int* Pointer { get; }

    internal void Clear() => NativeMemory.Clear(Pointer, bytes);

    public void Dispose() => NativeMemory.AlignedFree(Pointer);
}
