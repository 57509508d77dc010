using System.Reflection;
using System.Runtime.InteropServices;
using ILGPU;

namespace Gplusck.GpuVerify.Gpu;

/// <summary>Lets ILGPU find a driver of which only the versioned library is installed, as in containers.</summary>
/// <remarks>ILGPU asks for libcuda.so and libOpenCL.so; without this it would list no device and say nothing.</remarks>
internal static class DriverLibraries
{
    // ILGPU registers its own resolver under the Windows Subsystem for Linux, and an assembly can have only one.
    private const string WslDriverFolder = "/usr/lib/wsl/lib";

    private static readonly Lazy<bool> Resolved = new(() =>
    {
        if (OperatingSystem.IsLinux() && !Directory.Exists(WslDriverFolder))
        {
            NativeLibrary.SetDllImportResolver(typeof(Context).Assembly, Load);
        }

        return true;
    });

    /// <summary>Registers the lookup; once per process, before ILGPU's first use.</summary>
    internal static void Resolve() => _ = Resolved.Value;

    private static nint Load(string library, Assembly assembly, DllImportSearchPath? path)
    {
        string? versioned = library switch
        {
            "cuda" => "libcuda.so.1",
            "OpenCL" => "libOpenCL.so.1",
            _ => null,
        };

        // Zero sends the runtime on to its own lookup.
        return versioned is not null && NativeLibrary.TryLoad(versioned, out nint handle) ? handle : 0;
    }
}
