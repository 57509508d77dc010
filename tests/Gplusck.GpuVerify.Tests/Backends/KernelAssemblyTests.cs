using System.Text.RegularExpressions;
using ILGPU.Runtime.Cuda;

namespace Gplusck.GpuVerify.Tests.Backends;

/// <summary>What the kernel becomes on real GPUs, checked where there is none.</summary>
public class KernelAssemblyTests
{
    private readonly string ptx = KernelAssembly.Ptx(CudaArchitecture.SM_80);

    [Fact]
    public void One_step_of_a_cuda_thread_is_sixty_four_dp4a()
    {
        Assert.Equal(64, Regex.Count(ptx, @"dp4a\.s32\.s32\s+%r\d+, %r\d+, %r\d+, %r\d+;"));
        Assert.DoesNotContain("call", ptx, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_leaves_the_registers() => Assert.DoesNotContain(".local", ptx, StringComparison.Ordinal);

    [Fact]
    public void Tiles_pass_through_shared_memory_behind_two_barriers()
    {
        Assert.Equal(2, Regex.Count(ptx, @"bar\.sync|barrier\.sync"));
        Assert.Equal(16, Regex.Count(ptx, @"ld\.shared\.b32"));
    }

    [Fact]
    public void No_floating_point_takes_part() => Assert.DoesNotMatch(@"\.f(16|32|64)\b", ptx);

    [Fact]
    public void Gpus_older_than_dp4a_get_products_instead()
    {
        string older = KernelAssembly.Ptx(CudaArchitecture.SM_50);
        Assert.DoesNotContain("dp4a", older, StringComparison.Ordinal);
        Assert.Matches(@"mul\.lo\.s32|mad\.lo\.s32", older);
    }

    [Fact]
    public void OpenCl_gets_the_products_too()
    {
        string source = KernelAssembly.OpenCl();
        Assert.Matches(@"<<\s+\(int\)24", source);
        Assert.Equal(2, Regex.Count(source, @"barrier\(CLK_LOCAL_MEM_FENCE\)\s*;"));
        Assert.DoesNotContain("double", source, StringComparison.Ordinal);
    }
}
