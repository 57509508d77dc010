using System.Numerics;
using CsCheck;
using Gplusck.Chain.Primitives;
using Gplusck.Testing;
using Npgsql;

namespace Gplusck.Database.Tests;

public sealed class PostgresDataSourceTests(PostgresFixture postgres)
{
    private static readonly BigInteger Uint256Max = BigInteger.Pow(2, 256) - 1;
    private static readonly BigInteger Int256Min = -BigInteger.Pow(2, 255);

    private static readonly Gen<BigInteger> Integers = Gen.Select(
        Gen.Byte.Array[1, 32], Gen.Bool, (bytes, unsigned) => new BigInteger(bytes, isUnsigned: unsigned));

    [Fact, Trait("Needs", "Postgres")]
    public async Task Npgsql_reads_back_every_256_bit_integer_it_wrote()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        await using NpgsqlDataSource source = await SourceAsync(token);
        await using NpgsqlConnection connection = await source.OpenConnectionAsync(token);

        BigInteger[] values = [.. Edges, .. Integers.Array[200].Single()];
        await using NpgsqlCommand command = new(
            "SELECT v::numeric(78,0) FROM unnest($1) WITH ORDINALITY t(v, i) ORDER BY i", connection);
        command.Parameters.AddWithValue(values);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(token);
        foreach (BigInteger value in values)
        {
            Assert.True(await reader.ReadAsync(token));
            Assert.Equal(value, await reader.GetFieldValueAsync<BigInteger>(0, token));
        }
    }

    [Fact, Trait("Needs", "Postgres")]
    public async Task Binary_copy_keeps_uint256()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        await using NpgsqlDataSource source = await SourceAsync(token);
        await using NpgsqlConnection connection = await source.OpenConnectionAsync(token);
        await connection.ExecuteAsync("CREATE TEMP TABLE t (v numeric(78,0))", null, token);

        await using (
            NpgsqlBinaryImporter import = await connection.BeginBinaryImportAsync("COPY t FROM STDIN BINARY", token))
        {
            foreach (BigInteger value in Edges)
            {
                await import.StartRowAsync(token);
                await import.WriteAsync(value, NpgsqlTypes.NpgsqlDbType.Numeric, token);
            }

            await import.CompleteAsync(token);
        }

        IReadOnlyList<string> texts = await connection.QueryAsync<string>(
            "SELECT v::text FROM t ORDER BY t.v", null, token);
        Assert.Equal(Edges.Order().Select(value => value.ToString()), texts);
    }

    [Fact, Trait("Needs", "Postgres")]
    public async Task Dapper_reads_and_writes_uint256_alone_in_records_and_in_arrays()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        await using NpgsqlDataSource source = await SourceAsync(token);
        await using NpgsqlConnection connection = await source.OpenConnectionAsync(token);

        foreach (BigInteger value in Edges)
        {
            const string Sql =
                "SELECT @value::numeric(78,0) AS amount_wei, NULL::numeric AS maybe_wei, (@value - 1) AS next_wei";
            Amounts row = await connection.QuerySingleAsync<Amounts>(Sql, new { value }, token);
            Assert.Equal(new Amounts(value, null, value - 1), row);
            MutableAmounts loose = await connection.QuerySingleAsync<MutableAmounts>(Sql, new { value }, token);
            Assert.Equal((value, (BigInteger?)(value - 1)), (loose.AmountWei, loose.NextWei));
            Assert.Equal(value, await connection.QuerySingleAsync<BigInteger>("SELECT @value", new { value }, token));
        }

        Assert.Null(await connection.QuerySingleOrDefaultAsync<BigInteger?>("SELECT NULL::numeric", null, token));
        Assert.Null(
            await connection.QuerySingleOrDefaultAsync<BigInteger?>("SELECT 1::numeric WHERE false", null, token));
        IReadOnlyList<BigInteger> found = await connection.QueryAsync<BigInteger>(
            "SELECT v FROM unnest(@all) v WHERE v = ANY(@some) ORDER BY v",
            new { all = Edges, some = new[] { Uint256Max, Int256Min } },
            token);
        Assert.Equal([Int256Min, Uint256Max], found);
    }

    [Fact, Trait("Needs", "Postgres")]
    public async Task Addresses_and_hashes_are_bytea()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        await using NpgsqlDataSource source = await SourceAsync(token);
        await using NpgsqlConnection connection = await source.OpenConnectionAsync(token);
        Address address = Address.Parse("0x5FbDB2315678afecb367f032d93F642f64180aa3");
        Hash32 hash = Keccak.Hash([1, 2, 3]);

        Identity row = await connection.QuerySingleAsync<Identity>(
            "SELECT @address AS account, @hash AS block_hash, NULL::bytea AS contract", new { address, hash }, token);
        Assert.Equal(new Identity(address, hash, null), row);

        byte[][] several = [address.ToArray(), [1]];
        IReadOnlyList<string> texts = await connection.QueryAsync<string>(
            "SELECT encode(v, 'hex') FROM unnest(@several) v", new { several }, token);
        Assert.Equal(["5fbdb2315678afecb367f032d93f642f64180aa3", "01"], texts);
    }

    private static BigInteger[] Edges { get; } =
    [
        0, 1, -1, 9_999, 10_000, -10_000, BigInteger.Pow(10, 76), ulong.MaxValue, long.MinValue, BigInteger.Pow(2, 96),
        BigInteger.Pow(2, 255), Int256Min, Uint256Max,
    ];

    private async Task<NpgsqlDataSource> SourceAsync(CancellationToken token) =>
        PostgresDataSource.Create(await postgres.CreateDatabaseAsync(token));

    private sealed record Amounts(BigInteger AmountWei, BigInteger? MaybeWei, BigInteger NextWei);

    private sealed class MutableAmounts
    {
        public BigInteger AmountWei { get; set; }

        public BigInteger? NextWei { get; set; }
    }

    private sealed record Identity(Address Account, Hash32 BlockHash, Address? Contract);
}
