using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Gplusck.GpuVerify.Simd;

/// <summary>Turns eight rows of eight words into eight columns.</summary>
internal static class BlockTransposition
{
    internal static void Transpose(Span<Vector256<int>> block)
    {
        if (Avx2.IsSupported)
        {
            TransposeAvx2(block);
        }
        else
        {
            TransposeAnywhere(block);
        }
    }

    private static void TransposeAnywhere(Span<Vector256<int>> block)
    {
        Span<int> words = System.Runtime.InteropServices.MemoryMarshal.Cast<Vector256<int>, int>(block);
        for (int row = 0; row < 8; row++)
        {
            for (int column = row + 1; column < 8; column++)
            {
                (words[(row * 8) + column], words[(column * 8) + row]) =
                    (words[(column * 8) + row], words[(row * 8) + column]);
            }
        }
    }

    private static void TransposeAvx2(Span<Vector256<int>> block)
    {
        Vector256<long> a = Avx2.UnpackLow(block[0], block[1]).AsInt64();
        Vector256<long> b = Avx2.UnpackHigh(block[0], block[1]).AsInt64();
        Vector256<long> c = Avx2.UnpackLow(block[2], block[3]).AsInt64();
        Vector256<long> d = Avx2.UnpackHigh(block[2], block[3]).AsInt64();
        Vector256<long> e = Avx2.UnpackLow(block[4], block[5]).AsInt64();
        Vector256<long> f = Avx2.UnpackHigh(block[4], block[5]).AsInt64();
        Vector256<long> g = Avx2.UnpackLow(block[6], block[7]).AsInt64();
        Vector256<long> h = Avx2.UnpackHigh(block[6], block[7]).AsInt64();
        Spread(block, 0, Avx2.UnpackLow(a, c), Avx2.UnpackLow(e, g));
        Spread(block, 1, Avx2.UnpackHigh(a, c), Avx2.UnpackHigh(e, g));
        Spread(block, 2, Avx2.UnpackLow(b, d), Avx2.UnpackLow(f, h));
        Spread(block, 3, Avx2.UnpackHigh(b, d), Avx2.UnpackHigh(f, h));
    }

    private static void Spread(Span<Vector256<int>> block, int row, Vector256<long> upper, Vector256<long> lower)
    {
        block[row] = Avx2.Permute2x128(upper, lower, 0x20).AsInt32();
        block[row + 4] = Avx2.Permute2x128(upper, lower, 0x31).AsInt32();
    }
}
