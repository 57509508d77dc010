using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Gplusck.GpuVerify.Simd;

/// <summary>The same sums on any processor that .NET runs on, with no instruction of its own.</summary>
internal readonly struct PortableStep : IDotStep
{
    public static string Name => "portable";

    public static bool IsSupported => true;

    public static int TermsPerWord => 2;

    public static int EncodedZero => 0;

    public static void EncodeA(ReadOnlySpan<sbyte> row, Span<int> words) => Widening.ToInt16(row, words);

    public static void EncodeB(ReadOnlySpan<sbyte> row, Span<int> words) => Widening.ToInt16(row, words);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Add(Vector256<int> sum, Vector256<int> a, Vector256<int> b) =>
        sum + (((a << 16) >> 16) * ((b << 16) >> 16)) + ((a >> 16) * (b >> 16));
}
