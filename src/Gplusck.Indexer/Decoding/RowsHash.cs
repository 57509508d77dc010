using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Gplusck.Indexer.Decoding;

/// <summary>The hash of a block's rows: a sum modulo 2^256 of one SHA-256 hash for each table with some.</summary>
/// <remarks>
/// <para>
/// A table's hash is that of its name in UTF-8, a zero byte and the block's tuples of the table as COPY takes them, in
/// the order of their logs. The schema's name is not part of it, so that two mirrors of one manifest can be compared.
/// </para>
/// <para>
/// The state hash of a schema goes on with this sum over all blocks. It is a sum because a sum can be taken back and
/// needs no order: to undo a block is to subtract its hash, and a table that is built later adds its hashes to blocks
/// that have one already. One hash for each row instead would do the same and make decoding three times as slow. The
/// price of a sum is that who chooses its terms freely can find others of the same sum with far less than 2^128 work
/// (Wagner, "A Generalized Birthday Problem"): it finds errors of ours and of disks, and is no proof against those who
/// fill a chain with logs to that end. What proves the logs is the receipts root.
/// </para>
/// </remarks>
internal sealed class RowsHash : IDisposable
{
    /// <summary>Bytes of a hash and of a sum.</summary>
    public const int Length = SHA256.HashSizeInBytes;

    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _sum = new byte[Length];

    /// <summary>Adds a table.</summary>
    /// <param name="prefix">The table's name in UTF-8 and a zero byte.</param>
    /// <param name="tuples">The block's rows as COPY takes them.</param>
    public void Add(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> tuples)
    {
        Span<byte> hash = stackalloc byte[Length];
        _sha256.AppendData(prefix);
        _sha256.AppendData(tuples);
        _sha256.GetHashAndReset(hash);
        AddTo(_sum, hash);
    }

    /// <summary>Adds the sum so far to another. The next table begins anew.</summary>
    public void AddTotalTo(Span<byte> sum)
    {
        AddTo(sum, _sum);
        Array.Clear(_sum);
    }

    /// <summary>Adds a number of 32 bytes, big-endian, to another, modulo 2^256.</summary>
    public static void AddTo(Span<byte> sum, ReadOnlySpan<byte> term)
    {
        UInt128 carry = 0;
        for (int limb = Length - sizeof(ulong); limb >= 0; limb -= sizeof(ulong))
        {
            carry += BinaryPrimitives.ReadUInt64BigEndian(sum[limb..]);
            carry += BinaryPrimitives.ReadUInt64BigEndian(term[limb..]);
            BinaryPrimitives.WriteUInt64BigEndian(sum[limb..], (ulong)carry);
            carry >>= 64;
        }
    }

    public void Dispose() => _sha256.Dispose();
}
