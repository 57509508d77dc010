using Gplusck.Chain;
using Gplusck.GpuVerify.Cells;

namespace Gplusck.GpuVerify.Simd;

/// <summary>GEMM_S8 on vector instructions; the same bits as <see cref="Reference.ScalarGemm"/>.</summary>
/// <remarks>Safe to use from several threads at once.</remarks>
public sealed unsafe class SimdGemm : IGemmBackend
{
    private readonly delegate*<GemmShape, sbyte*, sbyte*, int*, int, void> multiply;
    private readonly int threads;

    private SimdGemm(string name, delegate*<GemmShape, sbyte*, sbyte*, int*, int, void> multiply, int threads)
    {
        Name = name;
        this.multiply = multiply;
        this.threads = threads > 0
            ? threads
            : throw new InvalidInputException($"A product needs at least 1 thread, not {threads}.");
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>The fastest path this processor has: AVX-VNNI, then AVX2, then the portable one.</summary>
    /// <param name="threads">Most threads one product may use.</param>
    public static SimdGemm Best(int threads = 1) => Supported(threads)[0];

    /// <summary>Every path this processor has, fastest first; the last one is always "portable".</summary>
    /// <param name="threads">Most threads one product may use.</param>
    public static IReadOnlyList<SimdGemm> Supported(int threads = 1)
    {
        List<SimdGemm> paths = [];
        AddIfSupported<AvxVnniStep>(paths, threads);
        AddIfSupported<Avx2Step>(paths, threads);
        AddIfSupported<PortableStep>(paths, threads);
        return paths;
    }

    /// <inheritdoc/>
    public void Multiply(GemmShape shape, ReadOnlySpan<sbyte> a, ReadOnlySpan<sbyte> bt, Span<int> c)
    {
        shape.Check(a, bt, c);
        fixed (sbyte* firstA = a, firstBt = bt)
        fixed (int* firstC = c)
        {
            multiply(shape, firstA, firstBt, firstC, threads);
        }
    }

    private static void AddIfSupported<TStep>(List<SimdGemm> paths, int threads)
        where TStep : struct, IDotStep
    {
        if (TStep.IsSupported)
        {
            paths.Add(new SimdGemm(TStep.Name, &PanelProduct<TStep>.Multiply, threads));
        }
    }
}
