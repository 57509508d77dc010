using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using Gplusck.Indexer.Decoding;
using Npgsql;

namespace Gplusck.Indexer.Tests.Decoding;

/// <summary>The tuples of binary COPY, taken apart as PostgreSQL's documentation describes them, and sent.</summary>
internal static class Tuples
{
    /// <summary>Each row with its bytes and its fields.</summary>
    public static List<(byte[] Tuple, byte[][] Fields)> Of(CopyRows rows)
    {
        List<(byte[], byte[][])> split = [];
        ReadOnlySpan<byte> rest = rows.Tuples.Span;
        while (!rest.IsEmpty)
        {
            ReadOnlySpan<byte> row = rest;
            byte[][] fields = new byte[BinaryPrimitives.ReadInt16BigEndian(rest)][];
            rest = rest[2..];
            for (int index = 0; index < fields.Length; index++)
            {
                int length = BinaryPrimitives.ReadInt32BigEndian(rest);
                fields[index] = rest.Slice(4, length).ToArray();
                rest = rest[(4 + length)..];
            }

            split.Add((row[..^rest.Length].ToArray(), fields));
        }

        Assert.Equal(rows.Count, split.Count);
        return split;
    }

    /// <summary>The integer that a numeric field holds.</summary>
    public static BigInteger Numeric(ReadOnlySpan<byte> field)
    {
        int count = BinaryPrimitives.ReadInt16BigEndian(field);
        int weight = BinaryPrimitives.ReadInt16BigEndian(field[2..]);
        BigInteger value = BigInteger.Zero;
        for (int digit = 0; digit < count; digit++)
        {
            value += BigInteger.Pow(10_000, weight - digit)
                * BinaryPrimitives.ReadInt16BigEndian(field[(8 + (2 * digit))..]);
        }

        return BinaryPrimitives.ReadUInt16BigEndian(field[4..]) == 0 ? value : -value;
    }

    public static async Task CopyAsync(
        NpgsqlConnection connection, string copySql, CopyRows rows, CancellationToken token)
    {
        await using NpgsqlRawCopyStream stream = await connection.BeginRawBinaryCopyAsync(copySql, token);
        await stream.WriteAsync(Encoding.Latin1.GetBytes("PGCOPY\n\u00FF\r\n\0\0\0\0\0\0\0\0\0"), token);
        await stream.WriteAsync(rows.Tuples, token);
        await stream.WriteAsync(new byte[] { 0xFF, 0xFF }, token);
    }
}
