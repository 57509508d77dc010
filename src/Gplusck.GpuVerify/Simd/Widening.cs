using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Gplusck.GpuVerify.Simd;

/// <summary>Signed bytes to signed 16-bit numbers, two to a 32-bit word.</summary>
internal static class Widening
{
    internal static void ToInt16(ReadOnlySpan<sbyte> row, Span<int> words)
    {
        Span<short> wide = MemoryMarshal.Cast<int, short>(words);
        int k = 0;
        for (; k <= row.Length - Vector256<sbyte>.Count; k += Vector256<sbyte>.Count)
        {
            (Vector256<short> lower, Vector256<short> upper) = Vector256.Widen(Vector256.Create(row[k..]));
            lower.CopyTo(wide[k..]);
            upper.CopyTo(wide[(k + Vector256<short>.Count)..]);
        }

        for (; k < row.Length; k++)
        {
            wide[k] = row[k];
        }
    }
}
