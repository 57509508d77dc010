using System.Runtime.CompilerServices;
using Gplusck.GpuVerify.Cells;
using Gplusck.GpuVerify.Screening;
using Gplusck.GpuVerify.Simd;

namespace Gplusck.Benchmarks;

/// <summary>Screening a product against computing it again on the best path of this processor.</summary>
public sealed class FreivaldsBenchmark : IBenchmark
{
    public string Name => "freivalds";

    public async IAsyncEnumerable<Measurement> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        foreach (GemmShape shape in (GemmShape[])[new(768, 1024, 4096), new(4096, 4096, 4096)])
        {
            cancellationToken.ThrowIfCancellationRequested();
            CellOperands cell = CellOperands.Random(shape);
            SimdGemm best = SimdGemm.Best();
            FreivaldsScreen screen = new(new CryptographicChallenge());
            cell.Multiply(best);
            double[] seconds = Stopwatches.Medians(
                rounds: 7,
                () => Screen(screen, cell),
                () => cell.Multiply(best));
            string name = $"screen {shape.M}x{shape.N}x{shape.K} vs {best.Name}";
            yield return Measurement.OfRate(name, "cells/s", 1, seconds[0], seconds[1]);
        }
    }

    private static void Screen(FreivaldsScreen screen, CellOperands cell)
    {
        if (screen.Check(cell.Shape, cell.A, cell.Bt, cell.C).Count != 0)
        {
            throw new InvalidOperationException("An honest cell failed the screen.");
        }
    }
}
