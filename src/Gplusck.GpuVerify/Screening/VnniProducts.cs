using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Gplusck.GpuVerify.Screening;

/// <summary>The same products with vpdpbusd: a 32- or 64-bit number is cut into unsigned bytes, "planes", and each plane
/// is multiplied with the signed bytes of the matrix on its own.</summary>
/// <remarks>A plane's sum over 65,536 terms stays below 255 · 128 · 65,536 &lt; 2^31; planes are put together modulo 2^64.</remarks>
internal sealed unsafe class VnniProducts : IModularProducts
{
    private const int Step = 32;
    private const int WeightPlanes = 4;
    private const int VectorPlanes = 8;

    // The sums of one block of columns, four planes each, stay in the first-level cache.
    private const int BlockColumns = 1024;
    private const int RowsPerGroup = 4;
    private const int GroupsBeforeOverflow = 65_536 / RowsPerGroup;
    private readonly ScalarProducts scalar = new();

    internal static bool IsSupported => AvxVnni.IsSupported;

    public void WeightRows(ReadOnlySpan<sbyte> matrix, ReadOnlySpan<uint> weights, Span<ulong> sums)
    {
        sums.Clear();
        int wholeColumns = sums.Length / Step * Step;
        int groups = (weights.Length + RowsPerGroup - 1) / RowsPerGroup;
        int[] planes = GroupPlanes(weights, groups);
        int[] blockSums = new int[WeightPlanes * BlockColumns];
        fixed (sbyte* first = matrix)
        {
            for (int column = 0; column < wholeColumns; column += BlockColumns)
            {
                int columns = Math.Min(BlockColumns, wholeColumns - column);
                for (int group = 0; group < groups; group += GroupsBeforeOverflow)
                {
                    Array.Clear(blockSums);
                    int last = Math.Min(groups, group + GroupsBeforeOverflow);
                    for (int i = group; i < last; i++)
                    {
                        AddGroup(first + column, sums.Length, weights.Length, i, planes, columns, blockSums);
                    }

                    Collect(blockSums, sums.Slice(column, columns));
                }
            }
        }

        WeightLastColumns(matrix, weights, sums, wholeColumns);
    }

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

    private static int[] GroupPlanes(ReadOnlySpan<uint> weights, int groups)
    {
        int[] planes = new int[groups * WeightPlanes];
        for (int row = 0; row < weights.Length; row++)
        {
            for (int plane = 0; plane < WeightPlanes; plane++)
            {
                int part = (byte)(weights[row] >> (8 * plane)) << (8 * (row % RowsPerGroup));
                planes[(row / RowsPerGroup * WeightPlanes) + plane] |= part;
            }
        }

        return planes;
    }

    private static void AddGroup(
        sbyte* matrix, int stride, int rows, int group, int[] planes, int columns, int[] blockSums)
    {
        // Rows past the last one have weight 0, so any row may stand in for them.
        int row = group * RowsPerGroup;
        sbyte* row0 = matrix + ((nint)row * stride);
        sbyte* row1 = matrix + ((nint)Math.Min(row + 1, rows - 1) * stride);
        sbyte* row2 = matrix + ((nint)Math.Min(row + 2, rows - 1) * stride);
        sbyte* row3 = matrix + ((nint)Math.Min(row + 3, rows - 1) * stride);
        Vector256<byte> plane0 = Vector256.Create(planes[group * WeightPlanes]).AsByte();
        Vector256<byte> plane1 = Vector256.Create(planes[(group * WeightPlanes) + 1]).AsByte();
        Vector256<byte> plane2 = Vector256.Create(planes[(group * WeightPlanes) + 2]).AsByte();
        Vector256<byte> plane3 = Vector256.Create(planes[(group * WeightPlanes) + 3]).AsByte();
        fixed (int* first = blockSums)
        {
            int* sums = first;
            for (int column = 0; column < columns; column += Step, sums += WeightPlanes * Step)
            {
                Vector256<sbyte> a = Vector256.Load(row0 + column);
                Vector256<sbyte> b = Vector256.Load(row1 + column);
                Vector256<sbyte> c = Vector256.Load(row2 + column);
                Vector256<sbyte> d = Vector256.Load(row3 + column);
                Vector256<short> abLow = Avx2.UnpackLow(a, b).AsInt16();
                Vector256<short> abHigh = Avx2.UnpackHigh(a, b).AsInt16();
                Vector256<short> cdLow = Avx2.UnpackLow(c, d).AsInt16();
                Vector256<short> cdHigh = Avx2.UnpackHigh(c, d).AsInt16();
                AddQuarter(sums, Avx2.UnpackLow(abLow, cdLow).AsSByte(), plane0, plane1, plane2, plane3);
                AddQuarter(sums + 32, Avx2.UnpackHigh(abLow, cdLow).AsSByte(), plane0, plane1, plane2, plane3);
                AddQuarter(sums + 64, Avx2.UnpackLow(abHigh, cdHigh).AsSByte(), plane0, plane1, plane2, plane3);
                AddQuarter(sums + 96, Avx2.UnpackHigh(abHigh, cdHigh).AsSByte(), plane0, plane1, plane2, plane3);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddQuarter(
        int* sums,
        Vector256<sbyte> columns,
        Vector256<byte> plane0,
        Vector256<byte> plane1,
        Vector256<byte> plane2,
        Vector256<byte> plane3)
    {
        AvxVnni.MultiplyWideningAndAdd(Vector256.Load(sums), plane0, columns).Store(sums);
        AvxVnni.MultiplyWideningAndAdd(Vector256.Load(sums + 8), plane1, columns).Store(sums + 8);
        AvxVnni.MultiplyWideningAndAdd(Vector256.Load(sums + 16), plane2, columns).Store(sums + 16);
        AvxVnni.MultiplyWideningAndAdd(Vector256.Load(sums + 24), plane3, columns).Store(sums + 24);
    }

    private static void Collect(ReadOnlySpan<int> blockSums, Span<ulong> sums)
    {
        for (int column = 0; column < sums.Length; column++)
        {
            // Unpacking works on 16-byte halves: quarter q holds columns 4q … 4q+3 of either half.
            int within = column % Step;
            int quarter = within % 16 / 4;
            int lane = (within / 16 * 4) + (within % 4);
            ReadOnlySpan<int> planes = blockSums[((column - within + (quarter * 8)) * WeightPlanes)..];
            ulong sum = 0;
            for (int plane = 0; plane < WeightPlanes; plane++)
            {
                sum = unchecked(sum + ((ulong)planes[(plane * 8) + lane] << (8 * plane)));
            }

            sums[column] = unchecked(sums[column] + sum);
        }
    }

    private void WeightLastColumns(
        ReadOnlySpan<sbyte> matrix, ReadOnlySpan<uint> weights, Span<ulong> sums, int wholeColumns)
    {
        if (wholeColumns < sums.Length)
        {
            sbyte[] last = LastColumns(matrix, weights.Length, wholeColumns, sums.Length);
            scalar.WeightRows(last, weights, sums[wholeColumns..]);
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
