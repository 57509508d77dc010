using System.Text;
using Gplusck.Chain.Abi;
using Gplusck.Chain.Bindings;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Rpc;
using Gplusck.Database;
using Npgsql;

namespace Gplusck.Tokenomics.Jobs;

/// <summary>Rows of every event table against the logs that the node itself finds.</summary>
internal static class EventCounts
{
    private const long BlocksPerRequest = 1_000;

    /// <summary>One figure for each event table of Gplusck's contracts that exists.</summary>
    public static async Task<IReadOnlyList<Figure>> CompareAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        EthereumClient chain,
        Deployment deployment,
        long from,
        IndexTip tip,
        CancellationToken cancellationToken)
    {
        HashSet<string> tables = [.. await connection.QueryAsync<string>(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'gplusck'", null, cancellationToken, transaction)];
        (string Table, Address Contract, AbiEvent Event)[] events =
        [
            .. from entry in deployment.Addresses
               from each in ContractAbi.Parse(entry.Key).Events
               let table = $"{SnakeCase(entry.Key)}_{SnakeCase(each.Name)}"
               where tables.Contains(table)
               select (table, entry.Value, each),
        ];
        Dictionary<(Address, Hash32), long> logs = await LogsAsync(
            chain, [.. events.Select(each => each.Contract).Distinct()], from, tip.BlockNumber, cancellationToken);
        string count = string.Join(
            " UNION ALL ",
            events.Select((each, index) => $"""
                SELECT {index} AS index, count(*) AS rows FROM gplusck."{each.Table}"
                WHERE block_number BETWEEN @from AND @to
                """));
        IReadOnlyList<Row> rows = await connection.QueryAsync<Row>(
            $"{count} ORDER BY index", new { from, to = tip.BlockNumber }, cancellationToken, transaction);
        return
        [
            .. events.Zip(rows, (each, row) => new Figure(
                $"rows of {each.Table}", row.Rows, logs.GetValueOrDefault((each.Contract, each.Event.Topic0)))),
        ];
    }

    private static async Task<Dictionary<(Address, Hash32), long>> LogsAsync(
        EthereumClient chain, IReadOnlyList<Address> contracts, long from, long to, CancellationToken cancellationToken)
    {
        Dictionary<(Address, Hash32), long> counts = [];
        for (long first = from; first <= to; first += BlocksPerRequest)
        {
            LogFilter filter = new()
            {
                From = first, To = Math.Min(to, first + BlocksPerRequest - 1), Addresses = contracts,
            };
            foreach (LogEntry log in await chain.GetLogsAsync(filter, cancellationToken))
            {
                (Address, Hash32) key = (log.Address, log.Topics.Count > 0 ? log.Topics[0] : Hash32.Zero);
                counts[key] = counts.GetValueOrDefault(key) + 1;
            }
        }

        return counts;
    }

    // As the indexer names tables: a new word at each capital that follows a small letter or begins one.
    private static string SnakeCase(string name)
    {
        StringBuilder snake = new(name.Length + 8);
        for (int index = 0; index < name.Length; index++)
        {
            bool startsWord = index > 0 && char.IsAsciiLetterUpper(name[index])
                && (!char.IsAsciiLetterUpper(name[index - 1])
                    || (index + 1 < name.Length && char.IsAsciiLetterLower(name[index + 1])));
            _ = startsWord ? snake.Append('_') : snake;
            snake.Append(char.ToLowerInvariant(name[index]));
        }

        return snake.ToString();
    }

    private sealed record Row(int Index, long Rows);
}
