using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Gplusck.GpuVerify.Simd;

/// <summary>vpmaddwd: two signed 16-bit products a lane, after widening both operands.</summary>
/// <remarks>Not vpmaddubsw, which would take bytes: it saturates at 16 bits and so gives wrong sums.</remarks>
internal readonly struct Avx2Step : IDotStep
{
    public static string Name => "avx2";

    public static bool IsSupported => Avx2.IsSupported;

    public static int TermsPerWord => 2;

    public static int EncodedZero => 0;

    public static void EncodeA(ReadOnlySpan<sbyte> row, Span<int> words) => Widening.ToInt16(row, words);

    public static void EncodeB(ReadOnlySpan<sbyte> row, Span<int> words) => Widening.ToInt16(row, words);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Add(Vector256<int> sum, Vector256<int> a, Vector256<int> b) =>
        sum + Avx2.MultiplyAddAdjacent(a.AsInt16(), b.AsInt16());
}
