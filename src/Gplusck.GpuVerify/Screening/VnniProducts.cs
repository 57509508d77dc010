using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Gplusck.GpuVerify.Screening;

/// <summary>The same products with vpdpbusd, unsigned bytes times the matrix's signed bytes.</summary>
/// <remarks>
/// A 32- or 64-bit number is cut into unsigned bytes, its "planes". A plane's sum over 65,536 terms stays below
/// 255 · 128 · 65,536 &lt; 2^31; the planes are put together modulo 2^64.
/// </remarks>
internal sealed unsafe partial class VnniProducts : IModularProducts
{
    private const int Step = 32;
    private const int VectorPlanes = 8;
    private readonly ScalarProducts scalar = new();

    internal static bool IsSupported => AvxVnni.IsSupported;

    public void Apply(ReadOnlySpan<sbyte> matrix, ReadOnlySpan<ulong> vector, Span<ulong> products)
    {
        int length = vector.Length;
        int whole = length / Step * Step;
        byte[] planes = BytePlanes(vector[..whole]);
        scalar.Apply(LastColumns(matrix, products.Length, whole, length), vector[whole..], products);
        fixed (byte* plane = planes)
        fixed (sbyte* first = matrix)
        {
            for (int row = 0; row < products.Length; row++)
            {
                products[row] = unchecked(products[row] + Dot(first + ((nint)row * length), plane, whole));
            }
        }
    }

    public void Apply(ReadOnlySpan<int> matrix, ReadOnlySpan<uint> vector, Span<ulong> products)
    {
        int length = vector.Length;
        fixed (uint* weights = vector)
        fixed (int* first = matrix)
        {
            for (int row = 0; row < products.Length; row++)
            {
                products[row] = Dot(first + ((nint)row * length), weights, length);
            }
        }
    }

    private static sbyte[] LastColumns(ReadOnlySpan<sbyte> matrix, int rows, int from, int length)
    {
        int width = length - from;
        sbyte[] last = new sbyte[rows * width];
        for (int row = 0; row < rows; row++)
        {
            matrix.Slice((row * length) + from, width).CopyTo(last.AsSpan(row * width));
        }

        return last;
    }

    private static byte[] BytePlanes(ReadOnlySpan<ulong> vector)
    {
        byte[] planes = new byte[VectorPlanes * vector.Length];
        for (int k = 0; k < vector.Length; k++)
        {
            // The eight planes of 32 numbers lie together, so that a row is read against one stream.
            int start = (k / Step * Step * VectorPlanes) + (k % Step);
            for (int plane = 0; plane < VectorPlanes; plane++)
            {
                planes[start + (plane * Step)] = (byte)(vector[k] >> (8 * plane));
            }
        }

        return planes;
    }

    private static ulong Dot(sbyte* row, byte* planes, int length)
    {
        Vector256<int> s0 = default, s1 = default, s2 = default, s3 = default;
        Vector256<int> s4 = default, s5 = default, s6 = default, s7 = default;
        for (int k = 0; k < length; k += Step, planes += VectorPlanes * Step)
        {
            Vector256<sbyte> terms = Vector256.Load(row + k);
            s0 = AvxVnni.MultiplyWideningAndAdd(s0, Vector256.Load(planes), terms);
            s1 = AvxVnni.MultiplyWideningAndAdd(s1, Vector256.Load(planes + 32), terms);
            s2 = AvxVnni.MultiplyWideningAndAdd(s2, Vector256.Load(planes + 64), terms);
            s3 = AvxVnni.MultiplyWideningAndAdd(s3, Vector256.Load(planes + 96), terms);
            s4 = AvxVnni.MultiplyWideningAndAdd(s4, Vector256.Load(planes + 128), terms);
            s5 = AvxVnni.MultiplyWideningAndAdd(s5, Vector256.Load(planes + 160), terms);
            s6 = AvxVnni.MultiplyWideningAndAdd(s6, Vector256.Load(planes + 192), terms);
            s7 = AvxVnni.MultiplyWideningAndAdd(s7, Vector256.Load(planes + 224), terms);
        }

        long low = Vector256.Sum(s0) + ((long)Vector256.Sum(s1) << 8) + ((long)Vector256.Sum(s2) << 16)
            + ((long)Vector256.Sum(s3) << 24);
        long high = Vector256.Sum(s4) + ((long)Vector256.Sum(s5) << 8) + ((long)Vector256.Sum(s6) << 16)
            + ((long)Vector256.Sum(s7) << 24);
        return unchecked((ulong)low + ((ulong)high << 32));
    }

    private static ulong Dot(int* row, uint* weights, int length)
    {
        Vector256<ulong> even = default;
        Vector256<ulong> odd = default;
        Vector256<uint> negative = default;
        int j = 0;
        for (; j <= length - 8; j += 8)
        {
            // A negative element read as unsigned is 2^32 too large: its weight is collected and taken off at bit 32.
            Vector256<int> elements = Vector256.Load(row + j);
            Vector256<uint> weight = Vector256.Load(weights + j);
            even += Avx2.Multiply(elements.AsUInt32(), weight);
            odd += Avx2.Multiply((elements.AsUInt64() >>> 32).AsUInt32(), (weight.AsUInt64() >>> 32).AsUInt32());
            negative += (elements >> 31).AsUInt32() & weight;
        }

        ulong sum = unchecked(Vector256.Sum(even + odd) - ((ulong)Vector256.Sum(negative) << 32));
        for (; j < length; j++)
        {
            sum = unchecked(sum + ((ulong)row[j] * weights[j]));
        }

        return sum;
    }
}
