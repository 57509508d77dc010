using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Gplusck.Chain.Primitives;
using Gplusck.GpuVerify.Cells;
using Gplusck.GpuVerify.Commitments;

namespace Gplusck.Benchmarks;

/// <summary>Committing to a matrix against hashing just its leaves with the runtime's SHA3-256.</summary>
/// <remarks>
/// SHA3-256 is the same permutation with another padding. Where the runtime has none, our own keccak stands in.
/// </remarks>
public sealed class CommitBenchmark : IBenchmark
{
    private const int OutputLeafBytes = OutputTree.ElementsPerLeaf * sizeof(int);
    private static readonly GemmShape Shape = new(768, 1024, 4096);

    public string Name => "commit";

    public async IAsyncEnumerable<Measurement> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        CellOperands cell = CellOperands.Random(Shape);
        double[] seconds = Stopwatches.Medians(
            rounds: 9,
            () => OperandTree.ForRows('A', Shape.M, Shape.K, cell.A),
            () => HashLeaves(MemoryMarshal.AsBytes(cell.A.AsSpan()), Shape.K),
            () => OutputTree.ForElements(Shape.M, Shape.N, cell.C),
            () => HashLeaves(MemoryMarshal.AsBytes(cell.C.AsSpan()), OutputLeafBytes));
        cancellationToken.ThrowIfCancellationRequested();
        string baseline = SHA3_256.IsSupported ? "SHA3-256 of its leaves" : "keccak-256 of its leaves";
        double megabytesA = 1e-6 * cell.A.Length;
        double megabytesC = 1e-6 * sizeof(int) * cell.C.Length;
        yield return Measurement.OfRate($"tree over A vs {baseline}", "MB/s", megabytesA, seconds[0], seconds[1]);
        yield return Measurement.OfRate($"tree over C vs {baseline}", "MB/s", megabytesC, seconds[2], seconds[3]);
    }

    private static void HashLeaves(ReadOnlySpan<byte> bytes, int leafBytes)
    {
        Span<byte> digest = stackalloc byte[Hash32.Length];
        for (int start = 0; start < bytes.Length; start += leafBytes)
        {
            ReadOnlySpan<byte> leaf = bytes.Slice(start, Math.Min(leafBytes, bytes.Length - start));
            if (SHA3_256.IsSupported)
            {
                SHA3_256.HashData(leaf, digest);
            }
            else
            {
                Keccak.Hash(leaf, digest);
            }
        }
    }
}
