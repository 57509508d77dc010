using System.Buffers.Binary;
using System.Numerics;
using Gplusck.Chain.Primitives;

namespace Gplusck.GpuVerify.Disputes;

/// <summary>Draws the cells whose whole product is computed again.</summary>
/// <remarks>
/// Lot of a position = first 8 bytes, big-endian, of keccak(beacon ‖ batch id, 32 bytes ‖ position, 4 bytes). Drawn are
/// the lowest lot and every lot below controlBps / 10,000 of 2^64. Anyone can repeat the draw.
/// </remarks>
internal static class ControlDraw
{
    public static IReadOnlySet<int> Draw(Hash32 beacon, BigInteger batchId, int cells, int controlBps)
    {
        UInt128 threshold = ((UInt128)controlBps << 64) / 10_000;
        ulong[] lots = [.. Enumerable.Range(0, cells).Select(position => Lot(beacon, batchId, position))];
        HashSet<int> drawn = [.. Enumerable.Range(0, cells).Where(position => lots[position] < threshold)];
        drawn.Add(Array.IndexOf(lots, lots.Min()));
        return drawn;
    }

    private static ulong Lot(Hash32 beacon, BigInteger batchId, int position)
    {
        Span<byte> preimage = stackalloc byte[32 + 32 + 4];
        preimage.Clear();
        beacon.CopyTo(preimage);
        int bytes = batchId.GetByteCount(isUnsigned: true);
        batchId.TryWriteBytes(preimage[(64 - bytes)..64], out _, isUnsigned: true, isBigEndian: true);
        BinaryPrimitives.WriteInt32BigEndian(preimage[64..], position);
        Span<byte> digest = stackalloc byte[32];
        Keccak.Hash(preimage, digest);
        return BinaryPrimitives.ReadUInt64BigEndian(digest);
    }
}
