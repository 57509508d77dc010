using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Gplusck.GpuVerify.Screening;

/// <content>The product from the left, whose terms run down the columns: four rows are interleaved.</content>
internal sealed unsafe partial class VnniProducts
{
    private const int WeightPlanes = 4;

    // The sums of one block of columns, four planes each, stay in the first-level cache.
    private const int BlockColumns = 1024;
    private const int RowsPerGroup = 4;
    private const int GroupsBeforeOverflow = 65_536 / RowsPerGroup;

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
}
