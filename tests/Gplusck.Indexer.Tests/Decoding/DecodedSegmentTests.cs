using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Receipts;
using Gplusck.Database;
using Gplusck.Indexer.Decoding;
using Gplusck.Indexer.Factories;
using Gplusck.Testing;
using Npgsql;

namespace Gplusck.Indexer.Tests.Decoding;

public sealed class DecodedSegmentTests(PostgresFixture postgres)
{
    private const string Anonymous =
        """
        {"type":"event","name":"Flag","anonymous":true,"inputs":[{"name":"a","type":"bool","indexed":true}]},
        {"type":"event","name":"Number","anonymous":true,"inputs":[{"name":"a","type":"uint8","indexed":true}]},
        {"type":"event","name":"Bare","anonymous":true,"inputs":[{"name":"a","type":"bool"}]}
        """;

    private static readonly IndexManifest Manifest = new(
        "s", [Sample.Contract($"{Sample.TransferAbi},{Anonymous}")]);

    private static readonly Hash32 StateBefore = Hash32.FromBytes([.. Enumerable.Repeat((byte)0xFE, 32)]);

    [Fact]
    public void Every_log_of_ours_is_one_row_of_its_table_or_of_the_undecoded()
    {
        using DecodedSegment segment = Segment();
        Assert.Equal([10, 11, 12], Blocks(segment).Select(block => block.Number));
        Assert.Equal((10, 12), (segment.First!.Number, segment.Last!.Number));
        Assert.Equal(5, segment.Events);
        Assert.Equal(
            [("c1_flag", 1), ("c1_number", 1), ("c1_transfer", 3)],
            segment.Rows.Select(pair => (pair.Key.Name, pair.Value.Count)).Order());
        Assert.Equal(
            [
                new UndecodedNote(
                    11, 1, "Flag(bool): The word in byte 0 is not a bool: bits outside the type are set. "
                    + "Number(uint8): The word in byte 0 is not a uint8: bits outside the type are set."),
                new UndecodedNote(
                    11, 3, "Transfer(address,address,uint256): The data ends at byte 31, inside 32 bytes from byte 0."),
                new UndecodedNote(11, 4, "Bare(bool): The data ends at byte 0, inside 32 bytes from byte 0."),
            ],
            segment.Notes);
        Assert.Equal(3, segment.Undecoded.Count);
    }

    [Fact]
    public void The_hash_of_a_blocks_rows_is_the_sum_over_its_tables()
    {
        using DecodedSegment segment = Segment();
        BigInteger[] sums = new BigInteger[3];
        foreach ((string name, CopyRows rows) in segment.Rows
            .Select(pair => (pair.Key.Name, pair.Value))
            .Append(("undecoded", segment.Undecoded)))
        {
            foreach (IGrouping<long, byte[]> block in Tuples.Of(rows)
                .GroupBy(row => BinaryPrimitives.ReadInt64BigEndian(row.Fields[0]), row => row.Tuple))
            {
                byte[] hash = SHA256.HashData(
                    [.. Encoding.UTF8.GetBytes(name), 0, .. block.SelectMany(tuple => tuple)]);
                sums[block.Key - 10] += new BigInteger(hash, isUnsigned: true, isBigEndian: true);
            }
        }

        BigInteger before = new(StateBefore.ToArray(), isUnsigned: true, isBigEndian: true);
        BigInteger[] states = [before + sums[0], before + sums[0] + sums[1], before + sums[0] + sums[1] + sums[2]];
        Assert.Equal(
            states.Select(state => state % BigInteger.Pow(2, 256)), Blocks(segment).Select(block => block.State));
        Assert.Equal(
            states[2] % BigInteger.Pow(2, 256),
            new BigInteger(segment.State.ToArray(), isUnsigned: true, isBigEndian: true));
        Assert.True(sums[0] > 0 && sums[1] > 0 && sums[2] == 0);
    }

    [Fact]
    public void A_sum_carries_through_all_its_bytes_and_wraps_around()
    {
        byte[] sum = [.. Enumerable.Repeat((byte)0xFF, 32)];
        RowsHash.AddTo(sum, [.. new byte[31], 2]);
        Assert.Equal([.. new byte[31], 1], sum);
    }

    [Fact, Trait("Needs", "Postgres")]
    public async Task Undecoded_logs_reach_postgres_as_they_are()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        await using NpgsqlDataSource source = PostgresDataSource.Create(await postgres.CreateDatabaseAsync(token));
        await using NpgsqlConnection connection = await source.OpenConnectionAsync(token);
        await connection.ExecuteAsync(
            """
            CREATE TABLE undecoded (block_number bigint, block_hash bytea, transaction_hash bytea,
                transaction_index int, log_index int, address bytea, topics bytea[], data bytea, reason text)
            """,
            null,
            token);
        using DecodedSegment segment = Segment();

        await Tuples.CopyAsync(connection, "COPY undecoded FROM STDIN (FORMAT BINARY)", segment.Undecoded, token);

        (long block, Hash32 hash, int transaction, Address address, byte[][] topics, byte[] data, string reason) =
            (await connection.QueryAsync<(long, Hash32, int, Address, byte[][], byte[], string)>(
                """
                SELECT block_number, block_hash, transaction_index, address, topics, data, reason
                FROM undecoded WHERE log_index = 3
                """,
                null,
                token)).Single();
        Assert.Equal((11L, Sample.Header(11).Hash, 1), (block, hash, transaction));
        Assert.Equal(Sample.Address(1), address);
        Assert.Equal(Sample.TransferTopics, topics.SelectMany(topic => topic));
        Assert.Equal((31, segment.Notes[1].Reason), (data.Length, reason));
        Assert.Equal(
            "{}", await connection.QuerySingleAsync<string>(
                "SELECT topics::text FROM undecoded WHERE log_index = 4", null, token));
    }

    /// <summary>A block with good logs, one with bad ones and one that has none of ours.</summary>
    private static DecodedSegment Segment()
    {
        byte[] ours = Sample.Address(1).ToArray();
        byte[] other = Sample.Address(2).ToArray();
        LogMatcher matcher = new(Manifest.Plan);
        DecodedSegment segment = new(matcher, new ChildRegistry([], matcher), StateBefore);
        using PackedReceiptWriter writer = new();
        Begin(writer);
        writer.AddLog(ours, Sample.TransferTopics, Word(7));
        writer.AddLog(ours, Word(1), []);
        writer.AddLog(other, Sample.TransferTopics, Word(7));
        Begin(writer);
        writer.AddLog(ours, Word(2), []);
        writer.AddLog(ours, Sample.TransferTopics, Word(8));
        segment.Append(Sample.Header(10), writer.Written.Span);

        writer.Clear();
        Begin(writer);
        writer.AddLog(ours, Sample.TransferTopics, Word(9));
        writer.AddLog(ours, [1, .. new byte[31]], []);
        Begin(writer);
        writer.AddLog(ours, new byte[64], []);
        writer.AddLog(ours, Sample.TransferTopics, new byte[31]);
        writer.AddLog(ours, [], []);
        segment.Append(Sample.Header(11), writer.Written.Span);

        writer.Clear();
        Begin(writer);
        writer.AddLog(other, Sample.TransferTopics, Word(7));
        segment.Append(Sample.Header(12), writer.Written.Span);
        return segment;
    }

    private static IEnumerable<(long Number, BigInteger State)> Blocks(DecodedSegment segment) =>
        Tuples.Of(segment.Blocks).Select(row => (
            BinaryPrimitives.ReadInt64BigEndian(row.Fields[0]),
            new BigInteger(row.Fields[4], isUnsigned: true, isBigEndian: true)));

    private static void Begin(PackedReceiptWriter writer) =>
        writer.BeginReceipt(2, succeeded: true, 21_000, Sample.TransactionHash, []);

    private static byte[] Word(byte last) => [.. new byte[31], last];
}
