using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Gplusck.Chain.Primitives;

namespace Gplusck.Indexer.Decoding;

/// <summary>What has been written up to a block, in 32 bytes, to compare two instances.</summary>
/// <remarks>
/// The sum modulo 2^256 of SHA-256(table name, 0x00, the block's rows in the table as sent to Postgres, in order) over
/// all blocks and tables. A sum, because then undoing blocks subtracts nothing but goes back to an earlier sum, and
/// tables that are built later are added. It tells instances apart that differ by accident; it is no commitment against
/// somebody who searches for two sets of rows with one sum.
/// </remarks>
internal static class StateHash
{
    public static Hash32 Zero => Hash32.Zero;

    /// <summary>Adds the rows of one block in one table.</summary>
    public static Hash32 With(Hash32 sum, string table, ReadOnlySpan<byte> tuples)
    {
        if (tuples.IsEmpty)
        {
            return sum;
        }

        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(table + '\0'));
        hash.AppendData(tuples);
        Span<byte> digest = stackalloc byte[Hash32.Length];
        hash.GetHashAndReset(digest);
        return Sum(sum, Hash32.FromBytes(digest));
    }

    /// <summary>The sum of two states.</summary>
    public static Hash32 Sum(Hash32 left, Hash32 right)
    {
        Span<byte> sum = stackalloc byte[Hash32.Length];
        Span<byte> other = stackalloc byte[Hash32.Length];
        left.CopyTo(sum);
        right.CopyTo(other);
        ulong carry = 0;
        for (int at = Hash32.Length - sizeof(uint); at >= 0; at -= sizeof(uint))
        {
            carry += (ulong)BinaryPrimitives.ReadUInt32BigEndian(sum[at..])
                + BinaryPrimitives.ReadUInt32BigEndian(other[at..]);
            BinaryPrimitives.WriteUInt32BigEndian(sum[at..], (uint)carry);
            carry >>= 32;
        }

        return Hash32.FromBytes(sum);
    }
}
