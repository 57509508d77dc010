using System.Numerics;
using CsCheck;
using Gplusck.Database;
using Gplusck.Indexer.Decoding;
using Gplusck.Indexer.Schema;
using Gplusck.Testing;
using Npgsql;

namespace Gplusck.Indexer.Tests.Decoding;

public sealed class NumericTests(PostgresFixture postgres)
{
    private static readonly BigInteger[] Edges =
    [
        .. ((BigInteger[])
        [
            0, 1, 9_999, 10_000, 10_001, 99_999_999, 100_000_000, 9_999_9999_9999,
            BigInteger.Pow(2, 32), BigInteger.Pow(2, 63), BigInteger.Pow(2, 64) - 1, BigInteger.Pow(2, 64),
            BigInteger.Pow(2, 128), BigInteger.Pow(2, 255) - 1,
            .. Enumerable.Range(1, 76).Select(power => BigInteger.Pow(10, power)),
            .. Enumerable.Range(1, 76).Select(power => BigInteger.Pow(10, power) - 1),
        ]).SelectMany(value => (BigInteger[])[value, -value]),
        -BigInteger.Pow(2, 255),
    ];

    [Fact, Trait("Needs", "Postgres")]
    public async Task Edge_values_come_back_from_postgres()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        await using NpgsqlDataSource source = PostgresDataSource.Create(await postgres.CreateDatabaseAsync(token));
        await using NpgsqlConnection connection = await source.OpenConnectionAsync(token);
        EventTable table = Sample.Table(
            """
            {"type":"event","name":"N","anonymous":true,"inputs":[
                {"name":"signed","type":"int256"},{"name":"unsigned","type":"uint256"}]}
            """);
        EventDecoder decoder = new(table);
        await connection.ExecuteAsync($"{table.CreateSql} ALTER TABLE {table.QualifiedName} DROP CONSTRAINT t_pkey",
            null, token);
        using CopyRows rows = new();
        foreach (BigInteger value in Edges)
        {
            byte[] word = Word(value);
            Assert.True(decoder.TryAppend(Sample.Log([], [.. word, .. word]), 7, Sample.BlockHash, rows, out _));
        }

        await Tuples.CopyAsync(connection, table.CopySql, rows, token);

        Assert.Equal(
            Edges.Select(value => (value, value.Sign < 0 ? BigInteger.Pow(2, 256) + value : value)),
            await connection.QueryAsync<(BigInteger, BigInteger)>(
                $"SELECT signed, unsigned FROM {table.QualifiedName}", null, token));
        Assert.Equal(
            rows.Tuples.ToArray(), await CopyOutAsync(connection, table.QualifiedName, token));
    }

    [Fact]
    public void Any_word_is_the_number_that_biginteger_reads() => Words.Sample(
        word =>
        {
            AssertSame(new BigInteger(word, isUnsigned: true, isBigEndian: true), word, negative: false);
            AssertSame(
                new BigInteger(word, isUnsigned: false, isBigEndian: true), word, Base10000.IsNegative(word));
        },
        iter: 50_000);

    /// <summary>Every length as likely as another; runs of zero and of all bits are likely.</summary>
    private static Gen<byte[]> Words { get; } = Gen.Select(
        Gen.Frequency((3, Gen.Byte), (1, Gen.OneOf((byte)0, (byte)0xFF))).Array[32], Gen.Int[0, 32], Gen.Bool,
        (bytes, used, ones) =>
        {
            Array.Fill(bytes, ones ? (byte)0xFF : (byte)0, 0, 32 - used);
            return bytes;
        });

    private static void AssertSame(BigInteger expected, byte[] word, bool negative)
    {
        using CopyRows rows = new();
        Base10000.WriteNumeric(rows, word, negative);
        int text = rows.BeginField();
        Base10000.WriteDecimal(rows, word, negative);
        Assert.Equal(expected, Tuples.Numeric(rows.Tuples.Span[4..(text - 4)]));
        Assert.Equal(expected.ToString(null, null), System.Text.Encoding.ASCII.GetString(rows.Tuples.Span[text..]));
    }

    private static byte[] Word(BigInteger value)
    {
        byte[] word = new byte[32];
        Array.Fill(word, value.Sign < 0 ? (byte)0xFF : (byte)0);
        byte[] bytes = value.ToByteArray(isUnsigned: false, isBigEndian: true);
        bytes.CopyTo(word, word.Length - bytes.Length);
        return word;
    }

    /// <summary>The tuples that Postgres itself sends, without what stands before and behind them.</summary>
    private static async Task<byte[]> CopyOutAsync(NpgsqlConnection connection, string table, CancellationToken token)
    {
        await using NpgsqlRawCopyStream stream =
            await connection.BeginRawBinaryCopyAsync($"COPY {table} TO STDOUT (FORMAT BINARY)", token);
        using MemoryStream all = new();
        await stream.CopyToAsync(all, token);
        return all.ToArray()[19..^2];
    }
}
