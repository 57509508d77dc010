using System.Text.Json;
using Gplusck.Chain.Abi;
using Gplusck.Chain.Primitives;
using Gplusck.Database;
using Gplusck.Indexer.Decoding;
using Gplusck.Indexer.Schema;
using Gplusck.Testing;
using Npgsql;

namespace Gplusck.Indexer.Tests.Decoding;

public sealed class EventDecoderTests(PostgresFixture postgres)
{
    private const int Events = 2_000;
    private const int TablesPerStatement = 50;

    [Fact, Trait("Needs", "Postgres")]
    public async Task Random_events_reach_postgres_as_viem_and_ethers_decode_them()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        JsonElement made = await NodeScript.RunAsync(
            RandomEvents.Script, new { seed = 20_26, count = Events }, token);
        await using NpgsqlDataSource source = PostgresDataSource.Create(await postgres.CreateDatabaseAsync(token));
        await using NpgsqlConnection connection = await source.OpenConnectionAsync(token);
        foreach (JsonElement[] chunk in made.EnumerateArray().Chunk(TablesPerStatement))
        {
            EventTable[] tables = [.. chunk.Select(one => Table(one.GetProperty("abi")))];
            await connection.ExecuteAsync(string.Concat(tables.Select(table => table.CreateSql)), null, token);
            foreach ((EventTable table, JsonElement one) in tables.Zip(chunk))
            {
                await MirrorAsync(connection, table, one, token);
            }

            Dictionary<string, string> rows = (await connection.QueryAsync<(string, string)>(
                string.Join(" UNION ALL ", tables.Select(table =>
                    $"SELECT '{table.Name}', row_to_json(t)::text FROM {table.QualifiedName} t")),
                null,
                token)).ToDictionary(row => row.Item1, row => row.Item2);
            foreach ((EventTable table, JsonElement one) in tables.Zip(chunk))
            {
                JsonElement row = JsonElement.Parse(rows[table.Name]);
                AssertPlace(row);
                AssertColumns(table, one.GetProperty("viem"), row);
                AssertColumns(table, one.GetProperty("ethers"), row);
            }
        }
    }

    [Fact]
    public void A_row_of_a_contract_made_by_a_factory_says_which()
    {
        IndexedContract contract = Sample.Contract(Sample.TransferAbi) with
        {
            Address = null,
            Factory = new ContractFactory("A", "B", "c"),
        };
        EventTable table = new("public", "t", contract, contract.Abi.Events[0]);
        using CopyRows rows = new();
        byte[] address = Sample.Address(9).ToArray();
        Assert.True(new EventDecoder(table).TryAppend(
            Sample.Log(Sample.TransferTopics, new byte[32], address), 7, Sample.BlockHash, rows, out _));

        byte[][] fields = Tuples.Of(rows).Single().Fields;
        Assert.Equal(9, fields.Length);
        Assert.Equal(address, fields[5]);
        Assert.Contains("address bytea NOT NULL,", table.CreateSql, StringComparison.Ordinal);
        Assert.Contains("log_index, address, \"from\"", table.CopySql, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refused_log_leaves_the_rows_as_they_were()
    {
        EventDecoder decoder = new(Sample.Table(Sample.TransferAbi));
        using CopyRows rows = new();
        Assert.True(decoder.TryAppend(
            Sample.Log(Sample.TransferTopics, new byte[32]), 7, Sample.BlockHash, rows, out _));
        byte[] before = rows.Tuples.ToArray();

        Assert.False(decoder.TryAppend(
            Sample.Log(Sample.TransferTopics, new byte[31]), 7, Sample.BlockHash, rows, out string? reason));

        Assert.Equal(
            "Transfer(address,address,uint256): The data ends at byte 31, inside 32 bytes from byte 0.", reason);
        Assert.Equal(1, rows.Count);
        Assert.Equal(before, rows.Tuples.ToArray());
    }

    [Fact]
    public void Members_of_a_struct_that_share_a_name_all_stay()
    {
        EventDecoder decoder = new(Sample.Table(
            """
            {"type":"event","name":"E","inputs":[{"name":"s","type":"tuple","components":[
                {"name":"arg_1","type":"bool"},{"name":"","type":"bool"},{"name":"a\u0000\"","type":"bool"}]}]}
            """));
        using CopyRows rows = new();
        byte[] topic = decoder.Table.Event.Topic0.ToArray();
        Assert.True(decoder.TryAppend(Sample.Log(topic, new byte[96]), 7, Sample.BlockHash, rows, out _));

        Assert.Equal(
            "\u0001{\"arg_1\":false,\"arg_1_\":false,\"a\uFFFD\\\"\":false}"u8, Tuples.Of(rows).Single().Fields[5]);
    }

    private static EventTable Table(JsonElement abi) => new(
        "public", abi.GetProperty("name").GetString()!, Sample.Contract(string.Empty), AbiEvent.FromJson(abi));

    private static async Task MirrorAsync(
        NpgsqlConnection connection, EventTable table, JsonElement one, CancellationToken token)
    {
        byte[] topics = [.. one.GetProperty("topics").EnumerateArray().SelectMany(topic => Bytes(topic))];
        using CopyRows rows = new();
        bool isDecoded = new EventDecoder(table).TryAppend(
            Sample.Log(topics, Bytes(one.GetProperty("data"))), 7, Sample.BlockHash, rows, out string? reason);
        Assert.True(isDecoded, reason);
        await Tuples.CopyAsync(connection, table.CopySql, rows, token);
    }

    private static void AssertPlace(JsonElement row) => Assert.Equal(
        (7, $"\\x{Convert.ToHexStringLower(Sample.BlockHash)}",
            $"\\x{Convert.ToHexStringLower(Sample.TransactionHash)}", 3, 5),
        (row.GetProperty("block_number").GetInt64(), row.GetProperty("block_hash").GetString(),
            row.GetProperty("transaction_hash").GetString(), row.GetProperty("transaction_index").GetInt32(),
            row.GetProperty("log_index").GetInt32()));

    private static void AssertColumns(EventTable table, JsonElement expected, JsonElement row)
    {
        JsonElement actual = JsonSerializer.SerializeToElement(table.Columns.Select(column =>
        {
            JsonElement value = row.GetProperty(column.Name);
            return value.ValueKind == JsonValueKind.Number
                ? JsonSerializer.SerializeToElement(value.GetRawText())
                : value;
        }));
        Assert.True(JsonElement.DeepEquals(expected, actual), $"{table.Event}\n{expected}\n{actual}");
    }

    private static byte[] Bytes(JsonElement hex) => Hex.Parse(hex.GetString()!);
}
