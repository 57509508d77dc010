namespace Gplusck.GpuVerify.Gpu;

/// <summary>A GPU that a driver on this machine shows.</summary>
/// <param name="Kind">"cuda" or "opencl".</param>
/// <param name="Name">The driver's name for it.</param>
/// <param name="MemoryBytes">Its memory.</param>
public sealed record GpuDevice(string Kind, string Name, long MemoryBytes);
