using System.Numerics;
using Gplusck.Chain.Primitives;
using Gplusck.Database;
using Gplusck.Testing;
using Npgsql;

namespace Gplusck.Indexer.Tests.Projections;

public sealed class ProjectionTests(PostgresFixture postgres)
{
    private delegate IEnumerable<string> Fold(IEnumerable<TokenTransfer> transfers);

    [Theory, Trait("Needs", "Postgres")]
    [InlineData("erc20_balance", false, 1)]
    [InlineData("erc20_balance", true, 2)]
    [InlineData("erc721_owner", false, 3)]
    [InlineData("erc721_owner", true, 4)]
    [InlineData("erc1155_balance", false, 5)]
    [InlineData("erc1155_balance", true, 6)]
    public async Task After_random_ranges_and_undos_a_projection_equals_one_made_of_what_is_left(
        string kind, bool perAddress, int seed)
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        Random random = new(seed);
        RandomTransfers stream = new(random, perAddress, kind == "erc1155_balance");
        await using TransferTables tables = await TransferTables.CreateAsync(postgres, kind, perAddress, token);
        List<TokenTransfer> kept = [];
        long head = 0;
        for (int round = 0; round < 60; round++)
        {
            if (head > 0 && random.Next(3) == 0)
            {
                // Any depth, to before the first block too.
                long ancestor = random.Next(5) == 0 ? 0 : random.NextInt64(Math.Max(0, head - 12), head);
                await tables.UndoAsync(ancestor + 1, head, token);
                kept.RemoveAll(transfer => transfer.Block > ancestor);
                head = ancestor;
            }
            else
            {
                long last = head + random.Next(1, 9);
                IReadOnlyList<TokenTransfer> next = stream.Blocks(head + 1, last);
                await tables.ApplyAsync(head + 1, last, next, token);
                kept.AddRange(next);
                head = last;
            }

            Assert.Equal(
                FoldOf(kind)(kept).Order(StringComparer.Ordinal),
                (await tables.RowsAsync(token)).Order(StringComparer.Ordinal));
        }
    }

    [Fact, Trait("Needs", "Postgres")]
    public async Task An_owner_before_is_looked_up_in_the_index_and_not_by_reading_the_table()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        await using TransferTables tables = await TransferTables.CreateAsync(postgres, "erc721_owner", false, token);
        await using NpgsqlConnection connection = await tables.DataSource.OpenConnectionAsync(token);
        await connection.ExecuteAsync(
            $"""
            INSERT INTO {tables.Events[0].QualifiedName}
            SELECT n / 10, '', '', 0, n % 10, sha256('a'), sha256('b'), n % 5000 FROM generate_series(10, 60000) n
            """,
            null,
            token);

        // No ANALYZE: right after a backfill Postgres knows nothing of the table.
        string undo = tables.Projection.UndoSql
            .Replace("@from", "5990", StringComparison.Ordinal).Replace("@to", "6000", StringComparison.Ordinal);
        string[] statements = undo.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string plan = string.Join('\n', await connection.QueryAsync<string>($"EXPLAIN {statements[^1]}", null, token));

        Assert.DoesNotContain("Seq Scan on coin_transfer", plan, StringComparison.Ordinal);
        Assert.Contains("coin_owner_by_token", plan, StringComparison.Ordinal);
    }

    private static Fold FoldOf(string kind) => kind switch
    {
        "erc20_balance" => transfers => Sums(transfers, item => $"{item.Contract} {item.Account}"),
        "erc1155_balance" => transfers => Sums(transfers, item => $"{item.Contract} {item.Account} {item.Id}"),
        _ => Owners,
    };

    private static IEnumerable<string> Owners(IEnumerable<TokenTransfer> transfers)
    {
        Dictionary<(Address Contract, BigInteger Id), Address> owners = [];
        foreach (TokenTransfer transfer in transfers)
        {
            owners[(transfer.Contract, transfer.Ids[0])] = transfer.To;
        }

        return owners.Where(owned => owned.Value != Address.Zero)
            .Select(owned => $"{owned.Key.Contract} {owned.Key.Id} {owned.Value}");
    }

    private static IEnumerable<string> Sums(
        IEnumerable<TokenTransfer> transfers, Func<(Address Contract, Address Account, BigInteger Id), string> keyOf)
    {
        Dictionary<string, BigInteger> sums = [];
        foreach (TokenTransfer transfer in transfers)
        {
            foreach ((BigInteger id, BigInteger amount) in transfer.Items)
            {
                Add(transfer.To, id, amount);
                Add(transfer.From, id, -amount);
            }

            void Add(Address account, BigInteger id, BigInteger amount)
            {
                string key = keyOf((transfer.Contract, account, id));
                sums[key] = account == Address.Zero ? 0 : sums.GetValueOrDefault(key) + amount;
            }
        }

        return sums.Where(sum => !sum.Value.IsZero).Select(sum => $"{sum.Key} {sum.Value}");
    }
}
