using System.Runtime.CompilerServices;
using static System.Numerics.BitOperations;

namespace Gplusck.Chain.Primitives;

/// <summary>Keccak-f[1600]: 24 rounds over 25 lanes of 64 bits, lane (x, y) at index x + 5y.</summary>
/// <remarks>
/// FIPS 202, section 3. The lanes live in locals for a whole call: theta, rho and pi make b from a,
/// chi and iota make a from b.
/// </remarks>
internal static class KeccakPermutation
{
    private static ReadOnlySpan<ulong> RoundConstants =>
    [
        0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000,
        0x000000000000808b, 0x0000000080000001, 0x8000000080008081, 0x8000000000008009,
        0x000000000000008a, 0x0000000000000088, 0x0000000080008009, 0x000000008000000a,
        0x000000008000808b, 0x800000000000008b, 0x8000000000008089, 0x8000000000008003,
        0x8000000000008002, 0x8000000000000080, 0x000000000000800a, 0x800000008000000a,
        0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
    ];

    /// <summary>Permutes the 25 lanes of <paramref name="state"/> in place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply(Span<ulong> state)
    {
        _ = state[24];
        ulong a00 = state[0], a01 = state[1], a02 = state[2], a03 = state[3], a04 = state[4];
        ulong a05 = state[5], a06 = state[6], a07 = state[7], a08 = state[8], a09 = state[9];
        ulong a10 = state[10], a11 = state[11], a12 = state[12], a13 = state[13], a14 = state[14];
        ulong a15 = state[15], a16 = state[16], a17 = state[17], a18 = state[18], a19 = state[19];
        ulong a20 = state[20], a21 = state[21], a22 = state[22], a23 = state[23], a24 = state[24];
        foreach (ulong constant in RoundConstants)
        {
            ulong c0 = a00 ^ a05 ^ a10 ^ a15 ^ a20;
            ulong c1 = a01 ^ a06 ^ a11 ^ a16 ^ a21;
            ulong c2 = a02 ^ a07 ^ a12 ^ a17 ^ a22;
            ulong c3 = a03 ^ a08 ^ a13 ^ a18 ^ a23;
            ulong c4 = a04 ^ a09 ^ a14 ^ a19 ^ a24;
            ulong d0 = c4 ^ RotateLeft(c1, 1);
            ulong d1 = c0 ^ RotateLeft(c2, 1);
            ulong d2 = c1 ^ RotateLeft(c3, 1);
            ulong d3 = c2 ^ RotateLeft(c4, 1);
            ulong d4 = c3 ^ RotateLeft(c0, 1);
            ulong b00 = a00 ^ d0, b01 = RotateLeft(a06 ^ d1, 44), b02 = RotateLeft(a12 ^ d2, 43),
                b03 = RotateLeft(a18 ^ d3, 21), b04 = RotateLeft(a24 ^ d4, 14);
            ulong b05 = RotateLeft(a03 ^ d3, 28), b06 = RotateLeft(a09 ^ d4, 20), b07 = RotateLeft(a10 ^ d0, 3),
                b08 = RotateLeft(a16 ^ d1, 45), b09 = RotateLeft(a22 ^ d2, 61);
            ulong b10 = RotateLeft(a01 ^ d1, 1), b11 = RotateLeft(a07 ^ d2, 6), b12 = RotateLeft(a13 ^ d3, 25),
                b13 = RotateLeft(a19 ^ d4, 8), b14 = RotateLeft(a20 ^ d0, 18);
            ulong b15 = RotateLeft(a04 ^ d4, 27), b16 = RotateLeft(a05 ^ d0, 36), b17 = RotateLeft(a11 ^ d1, 10),
                b18 = RotateLeft(a17 ^ d2, 15), b19 = RotateLeft(a23 ^ d3, 56);
            ulong b20 = RotateLeft(a02 ^ d2, 62), b21 = RotateLeft(a08 ^ d3, 55), b22 = RotateLeft(a14 ^ d4, 39),
                b23 = RotateLeft(a15 ^ d0, 41), b24 = RotateLeft(a21 ^ d1, 2);
            a00 = b00 ^ (~b01 & b02) ^ constant;
            a01 = b01 ^ (~b02 & b03);
            a02 = b02 ^ (~b03 & b04);
            a03 = b03 ^ (~b04 & b00);
            a04 = b04 ^ (~b00 & b01);
            a05 = b05 ^ (~b06 & b07);
            a06 = b06 ^ (~b07 & b08);
            a07 = b07 ^ (~b08 & b09);
            a08 = b08 ^ (~b09 & b05);
            a09 = b09 ^ (~b05 & b06);
            a10 = b10 ^ (~b11 & b12);
            a11 = b11 ^ (~b12 & b13);
            a12 = b12 ^ (~b13 & b14);
            a13 = b13 ^ (~b14 & b10);
            a14 = b14 ^ (~b10 & b11);
            a15 = b15 ^ (~b16 & b17);
            a16 = b16 ^ (~b17 & b18);
            a17 = b17 ^ (~b18 & b19);
            a18 = b18 ^ (~b19 & b15);
            a19 = b19 ^ (~b15 & b16);
            a20 = b20 ^ (~b21 & b22);
            a21 = b21 ^ (~b22 & b23);
            a22 = b22 ^ (~b23 & b24);
            a23 = b23 ^ (~b24 & b20);
            a24 = b24 ^ (~b20 & b21);
        }

        (state[0], state[1], state[2], state[3], state[4]) = (a00, a01, a02, a03, a04);
        (state[5], state[6], state[7], state[8], state[9]) = (a05, a06, a07, a08, a09);
        (state[10], state[11], state[12], state[13], state[14]) = (a10, a11, a12, a13, a14);
        (state[15], state[16], state[17], state[18], state[19]) = (a15, a16, a17, a18, a19);
        (state[20], state[21], state[22], state[23], state[24]) = (a20, a21, a22, a23, a24);
    }
}
