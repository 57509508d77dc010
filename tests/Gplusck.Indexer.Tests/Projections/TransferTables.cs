using System.Numerics;
using Gplusck.Chain.Abi;
using Gplusck.Chain.Primitives;
using Gplusck.Database;
using Gplusck.Indexer.Projections;
using Gplusck.Indexer.Schema;
using Gplusck.Testing;
using Npgsql;

namespace Gplusck.Indexer.Tests.Projections;

/// <summary>The event tables of a token with one projection, filled by plain INSERT.</summary>
internal sealed class TransferTables : IAsyncDisposable
{
    private const string Ledger =
        """
        [{"type":"event","name":"Transfer","inputs":[
            {"name":"from","type":"address","indexed":true},{"name":"to","type":"address","indexed":true},
            {"name":"value","type":"uint256","indexed":INDEXED}]},
         {"type":"event","name":"TransferSingle","inputs":[
            {"name":"operator","type":"address","indexed":true},{"name":"from","type":"address","indexed":true},
            {"name":"to","type":"address","indexed":true},{"name":"id","type":"uint256"},
            {"name":"value","type":"uint256"}]},
         {"type":"event","name":"TransferBatch","inputs":[
            {"name":"operator","type":"address","indexed":true},{"name":"from","type":"address","indexed":true},
            {"name":"to","type":"address","indexed":true},{"name":"ids","type":"uint256[]"},
            {"name":"values","type":"uint256[]"}]}]
        """;

    private const string Announcement =
        """[{"type":"event","name":"Made","inputs":[{"name":"coin","type":"address","indexed":true}]}]""";

    private readonly bool _perAddress;

    private TransferTables(
        NpgsqlDataSource dataSource, IReadOnlyList<EventTable> events, Projection projection, bool perAddress)
    {
        DataSource = dataSource;
        Events = events;
        Projection = projection;
        _perAddress = perAddress;
    }

    public NpgsqlDataSource DataSource { get; }

    public IReadOnlyList<EventTable> Events { get; }

    public Projection Projection { get; }

    public static AbiContract Abi(bool indexed) =>
        AbiContract.Parse(Ledger.Replace("INDEXED", indexed ? "true" : "false", StringComparison.Ordinal));

    public static async Task<TransferTables> CreateAsync(
        PostgresFixture postgres, string kind, bool perAddress, CancellationToken token)
    {
        NpgsqlDataSource dataSource = PostgresDataSource.Create(await postgres.CreateDatabaseAsync(token));
        Address? address = perAddress ? null : RandomTransfers.Number(100);
        IndexedContract contract = new("Coin", address, 0, Abi(kind == "erc721_owner"), [kind])
        {
            Factory = perAddress ? new ContractFactory("Maker", "Made", "coin") : null,
        };
        IndexedContract maker = new("Maker", RandomTransfers.Number(101), 0, AbiContract.Parse(Announcement), []);
        SchemaPlan plan = new IndexManifest("ledger", [contract, maker]).Plan;
        IReadOnlyList<EventTable> events = [.. plan.Tables.Where(table => table.Contract == contract)];
        Projection projection = plan.Projections.Single();
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(token);
        await connection.ExecuteAsync(
            $"""
            CREATE SCHEMA ledger;
            {string.Join('\n', events.Select(table => table.CreateSql))}
            {projection.CreateSql}
            """,
            null,
            token);
        return new TransferTables(dataSource, events, projection, perAddress);
    }

    public async Task ApplyAsync(
        long from, long to, IReadOnlyList<TokenTransfer> transfers, CancellationToken token)
    {
        await using NpgsqlConnection connection = await DataSource.OpenConnectionAsync(token);
        foreach (TokenTransfer transfer in transfers)
        {
            (string name, object?[] values) = Row(transfer);
            string inputs = string.Join(", ", Enumerable.Range(2, values.Length - 1).Select(number => $"${number}"));
            string table = Events.Single(table => table.Event.Name == name).QualifiedName;
            await using NpgsqlCommand insert = new(
                $"INSERT INTO {table} VALUES ($1, '', '', 0, {inputs})", connection);
            insert.Parameters.AddRange(values.Select(value => new NpgsqlParameter { Value = value }).ToArray());
            await insert.ExecuteNonQueryAsync(token);
        }

        await connection.ExecuteAsync(Projection.ApplySql, new { from, to }, token);
    }

    public async Task UndoAsync(long from, long to, CancellationToken token)
    {
        await using NpgsqlConnection connection = await DataSource.OpenConnectionAsync(token);
        await connection.ExecuteAsync(Projection.UndoSql, new { from, to }, token);
        foreach (EventTable table in Events)
        {
            await connection.ExecuteAsync(
                $"DELETE FROM {table.QualifiedName} WHERE block_number BETWEEN @from AND @to", new { from, to }, token);
        }
    }

    /// <summary>The projection's rows as text: contract, then the other columns.</summary>
    public async Task<IReadOnlyList<string>> RowsAsync(CancellationToken token)
    {
        await using NpgsqlConnection connection = await DataSource.OpenConnectionAsync(token);
        await using NpgsqlCommand command = new($"SELECT * FROM ledger.\"{Projection.Tables[0]}\"", connection);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(token);
        List<string> rows = [];
        while (await reader.ReadAsync(token))
        {
            IEnumerable<string> values = Enumerable.Range(0, reader.FieldCount).Select(
                column => reader.GetDataTypeName(column) == "bytea"
                    ? Address.FromBytes(reader.GetFieldValue<byte[]>(column)).ToString()
                    : reader.GetFieldValue<BigInteger>(column).ToString());
            rows.Add(string.Join(' ', _perAddress ? values : values.Prepend(RandomTransfers.Number(100).ToString())));
        }

        return rows;
    }

    public ValueTask DisposeAsync() => DataSource.DisposeAsync();

    private (string Event, object?[] Values) Row(TokenTransfer transfer)
    {
        byte[] from = transfer.From.ToArray();
        byte[] to = transfer.To.ToArray();
        (string name, object?[] inputs) = Projection.Name switch
        {
            "erc20_balance" => ("Transfer", [from, to, transfer.Amounts[0]]),
            "erc721_owner" => ("Transfer", [from, to, transfer.Ids[0]]),
            _ when transfer.IsBatch => (
                "TransferBatch", new object?[] { from, from, to, Json(transfer.IdsJson), Json(transfer.AmountsJson) }),
            _ => ("TransferSingle", [from, from, to, transfer.Ids[0], transfer.Amounts[0]]),
        };
        object?[] address = _perAddress ? [transfer.Contract.ToArray()] : [];
        return (name, [transfer.Block, transfer.LogIndex, .. address, .. inputs]);
    }

    private static System.Text.Json.JsonDocument Json(string text) => System.Text.Json.JsonDocument.Parse(text);
}
