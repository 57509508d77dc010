using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Gplusck.GpuVerify.Simd;

/// <summary>vpdpbusd: four unsigned · signed products a lane. A is made unsigned by adding 128.</summary>
/// <remarks>255 · 128 · 65,536 &lt; 2^31, so the sum with the offset fits too.</remarks>
internal readonly struct AvxVnniStep : IDotStep
{
    public static string Name => "avx-vnni";

    public static bool IsSupported => AvxVnni.IsSupported;

    public static int TermsPerWord => 4;

    public static int EncodedZero => unchecked((int)0x80808080);

    public static void EncodeA(ReadOnlySpan<sbyte> row, Span<int> words)
    {
        Span<byte> bytes = MemoryMarshal.AsBytes(words);
        ReadOnlySpan<byte> source = MemoryMarshal.AsBytes(row);
        int k = 0;
        for (; k <= source.Length - Vector256<byte>.Count; k += Vector256<byte>.Count)
        {
            (Vector256.Create(source[k..]) ^ Vector256.Create((byte)0x80)).CopyTo(bytes[k..]);
        }

        for (; k < source.Length; k++)
        {
            bytes[k] = (byte)(source[k] ^ 0x80);
        }
    }

    public static void EncodeB(ReadOnlySpan<sbyte> row, Span<int> words) =>
        row.CopyTo(MemoryMarshal.Cast<int, sbyte>(words));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Add(Vector256<int> sum, Vector256<int> a, Vector256<int> b) =>
        AvxVnni.MultiplyWideningAndAdd(sum, a.AsByte(), b.AsSByte());
}
