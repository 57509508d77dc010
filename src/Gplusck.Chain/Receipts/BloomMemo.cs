using System.Runtime.InteropServices;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Trie;

namespace Gplusck.Chain.Receipts;

/// <summary>Adds addresses and topics to blooms and remembers the bits of those seen lately.</summary>
/// <remarks>
/// Three bits of the value's keccak, Yellow Paper section 4.3.1. The same contracts and accounts come again and again,
/// and hashing them is most of the price of a receipts root. Not safe for several threads.
/// </remarks>
internal sealed class BloomMemo
{
    private const int Slots = 1 << 14;
    private const ulong Spread = 0x9E3779B97F4A7C15;
    private const int BitMask = (8 * LogsBloom.Length) - 1;

    private readonly Slot[] _slots = new Slot[Slots];

    /// <summary>Sets the bits of a value of 20 or 32 bytes.</summary>
    public void Add(ReadOnlySpan<byte> value, Span<byte> bloom)
    {
        Slot key = default;
        value.CopyTo(MemoryMarshal.AsBytes(new Span<Slot>(ref key)));
        key.Length = value.Length;
        ref Slot slot = ref _slots[key.Place];
        if (!slot.IsFor(key))
        {
            Span<byte> digest = stackalloc byte[Hash32.Length];
            Keccak.Hash(value, digest);
            key.Bit0 = BitOf(digest[0], digest[1]);
            key.Bit1 = BitOf(digest[2], digest[3]);
            key.Bit2 = BitOf(digest[4], digest[5]);
            slot = key;
        }

        Set(bloom, slot.Bit0);
        Set(bloom, slot.Bit1);
        Set(bloom, slot.Bit2);
    }

    private static ushort BitOf(byte high, byte low) => (ushort)(((high << 8) | low) & BitMask);

    private static void Set(Span<byte> bloom, int bit) =>
        bloom[LogsBloom.Length - 1 - (bit / 8)] |= (byte)(1 << (bit % 8));

    [StructLayout(LayoutKind.Sequential)]
    private struct Slot
    {
        public ulong First;
        public ulong Second;
        public ulong Third;
        public ulong Fourth;
        public int Length;
        public ushort Bit0;
        public ushort Bit1;
        public ushort Bit2;

        public readonly int Place => (int)((First ^ Third ^ (Fourth * Spread)) >> 32) & (Slots - 1);

        public readonly bool IsFor(in Slot other) =>
            First == other.First && Second == other.Second && Third == other.Third && Fourth == other.Fourth
            && Length == other.Length;
    }
}
