using System.Runtime.CompilerServices;
using static System.Numerics.BitOperations;

namespace Gplusck.Chain.Primitives;

/// <summary>Keccak-f[1600]: 24 rounds over 25 lanes of 64 bits, lane (x, y) at index x + 5y.</summary>
/// <remarks>
/// FIPS 202, section 3. A round reads one array of lanes and writes another, row by row of its output, so that five
/// lanes at a time are in flight and stay in registers; 25 locals would be spilled and loaded again.
/// </remarks>
internal static class KeccakPermutation
{
    private const int LaneCount = 25;

    // An array: a span over the assembly's data allocates in builds that are not optimised.
    private static readonly ulong[] RoundConstants =
    [
        0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000,
        0x000000000000808b, 0x0000000080000001, 0x8000000080008081, 0x8000000000008009,
        0x000000000000008a, 0x0000000000000088, 0x0000000080008009, 0x000000008000000a,
        0x000000008000808b, 0x800000000000008b, 0x8000000000008089, 0x8000000000008003,
        0x8000000000008002, 0x8000000000000080, 0x000000000000800a, 0x800000008000000a,
        0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
    ];

    /// <summary>Permutes the 25 lanes of <paramref name="state"/> in place.</summary>
    [SkipLocalsInit]
    public static void Apply(Span<ulong> state)
    {
        Span<ulong> other = stackalloc ulong[LaneCount];
        for (int round = 0; round < RoundConstants.Length; round += 2)
        {
            Round(state, other, RoundConstants[round]);
            Round(other, state, RoundConstants[round + 1]);
        }
    }

    /// <summary>
    /// Theta, rho, pi, chi and iota from the lanes <paramref name="a"/> to the lanes <paramref name="e"/>.
    /// </summary>
    private static void Round(ReadOnlySpan<ulong> a, Span<ulong> e, ulong constant)
    {
        // One check each instead of one per lane.
        _ = a[LaneCount - 1];
        _ = e[LaneCount - 1];
        ulong c0 = a[0] ^ a[5] ^ a[10] ^ a[15] ^ a[20];
        ulong c1 = a[1] ^ a[6] ^ a[11] ^ a[16] ^ a[21];
        ulong c2 = a[2] ^ a[7] ^ a[12] ^ a[17] ^ a[22];
        ulong c3 = a[3] ^ a[8] ^ a[13] ^ a[18] ^ a[23];
        ulong c4 = a[4] ^ a[9] ^ a[14] ^ a[19] ^ a[24];
        ulong d0 = c4 ^ RotateLeft(c1, 1);
        ulong d1 = c0 ^ RotateLeft(c2, 1);
        ulong d2 = c1 ^ RotateLeft(c3, 1);
        ulong d3 = c2 ^ RotateLeft(c4, 1);
        ulong d4 = c3 ^ RotateLeft(c0, 1);

        ulong b0 = a[0] ^ d0;
        ulong b1 = RotateLeft(a[6] ^ d1, 44);
        ulong b2 = RotateLeft(a[12] ^ d2, 43);
        ulong b3 = RotateLeft(a[18] ^ d3, 21);
        ulong b4 = RotateLeft(a[24] ^ d4, 14);
        e[0] = b0 ^ (~b1 & b2) ^ constant;
        e[1] = b1 ^ (~b2 & b3);
        e[2] = b2 ^ (~b3 & b4);
        e[3] = b3 ^ (~b4 & b0);
        e[4] = b4 ^ (~b0 & b1);

        b0 = RotateLeft(a[3] ^ d3, 28);
        b1 = RotateLeft(a[9] ^ d4, 20);
        b2 = RotateLeft(a[10] ^ d0, 3);
        b3 = RotateLeft(a[16] ^ d1, 45);
        b4 = RotateLeft(a[22] ^ d2, 61);
        e[5] = b0 ^ (~b1 & b2);
        e[6] = b1 ^ (~b2 & b3);
        e[7] = b2 ^ (~b3 & b4);
        e[8] = b3 ^ (~b4 & b0);
        e[9] = b4 ^ (~b0 & b1);

        b0 = RotateLeft(a[1] ^ d1, 1);
        b1 = RotateLeft(a[7] ^ d2, 6);
        b2 = RotateLeft(a[13] ^ d3, 25);
        b3 = RotateLeft(a[19] ^ d4, 8);
        b4 = RotateLeft(a[20] ^ d0, 18);
        e[10] = b0 ^ (~b1 & b2);
        e[11] = b1 ^ (~b2 & b3);
        e[12] = b2 ^ (~b3 & b4);
        e[13] = b3 ^ (~b4 & b0);
        e[14] = b4 ^ (~b0 & b1);

        b0 = RotateLeft(a[4] ^ d4, 27);
        b1 = RotateLeft(a[5] ^ d0, 36);
        b2 = RotateLeft(a[11] ^ d1, 10);
        b3 = RotateLeft(a[17] ^ d2, 15);
        b4 = RotateLeft(a[23] ^ d3, 56);
        e[15] = b0 ^ (~b1 & b2);
        e[16] = b1 ^ (~b2 & b3);
        e[17] = b2 ^ (~b3 & b4);
        e[18] = b3 ^ (~b4 & b0);
        e[19] = b4 ^ (~b0 & b1);

        b0 = RotateLeft(a[2] ^ d2, 62);
        b1 = RotateLeft(a[8] ^ d3, 55);
        b2 = RotateLeft(a[14] ^ d4, 39);
        b3 = RotateLeft(a[15] ^ d0, 41);
        b4 = RotateLeft(a[21] ^ d1, 2);
        e[20] = b0 ^ (~b1 & b2);
        e[21] = b1 ^ (~b2 & b3);
        e[22] = b2 ^ (~b3 & b4);
        e[23] = b3 ^ (~b4 & b0);
        e[24] = b4 ^ (~b0 & b1);
    }
}
