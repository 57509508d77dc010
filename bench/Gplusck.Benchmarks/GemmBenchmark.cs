using System.Runtime.CompilerServices;
using Gplusck.GpuVerify.Cells;
using Gplusck.GpuVerify.Reference;
using Gplusck.GpuVerify.Simd;

namespace Gplusck.Benchmarks;

/// <summary>Every path of GEMM_S8 on this processor against the scalar reference and the next slower path.</summary>
public sealed class GemmBenchmark : IBenchmark
{
    private static readonly GemmShape Shape = new(768, 1024, 4096);

    // The scalar reference needs seconds for the full product; its rate does not depend on M.
    private static readonly GemmShape ScalarShape = new(12, 1024, 4096);

    public string Name => "gemm";

    public async IAsyncEnumerable<Measurement> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        CellOperands full = CellOperands.Random(Shape);
        CellOperands small = CellOperands.Random(ScalarShape);
        ScalarGemm scalar = new();
        IReadOnlyList<SimdGemm> paths = SimdGemm.Supported();
        IGemmBackend allCores = SimdGemm.Best(Environment.ProcessorCount);
        Action[] actions =
        [
            () => small.Multiply(scalar),
            .. paths.Select<SimdGemm, Action>(path => () => full.Multiply(path)),
            () => full.Multiply(allCores),
        ];
        double[] seconds = Stopwatches.Medians(rounds: 7, actions);
        cancellationToken.ThrowIfCancellationRequested();
        double operations = 2e-9 * Shape.MultiplyAccumulates;
        double scalarSeconds = seconds[0] * Shape.MultiplyAccumulates / ScalarShape.MultiplyAccumulates;
        for (int i = 0; i < paths.Count; i++)
        {
            string name = $"{paths[i].Name} vs scalar";
            yield return Measurement.OfRate(name, "Gop/s", operations, seconds[i + 1], scalarSeconds);
        }

        for (int i = 0; i + 1 < paths.Count; i++)
        {
            string name = $"{paths[i].Name} vs {paths[i + 1].Name}";
            yield return Measurement.OfRate(name, "Gop/s", operations, seconds[i + 1], seconds[i + 2]);
        }

        string threads = $"{paths[0].Name} on {Environment.ProcessorCount} threads vs 1";
        yield return Measurement.OfRate(threads, "Gop/s", operations, seconds[^1], seconds[1]);
    }
}
