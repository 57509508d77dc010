using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using Gplusck.Indexer.Tests.Simulation.World;

namespace Gplusck.Indexer.Tests.Simulation.Oracle;

/// <summary>The derived tables, added up log by log from nothing.</summary>
/// <remarks>Those that the manifest of <see cref="Contracts"/> asks for; the others wait for it to ask.</remarks>
internal static partial class ExpectedProjections
{
    private const string Balance = "coin_balance";
    private const string Owner = "nft_owner";
    private const string Holding = "multi_holding";

    private static readonly string Nobody = $@"\x{new string('0', 40)}";

    public static IEnumerable<(string Table, string Columns)> Compared => new (string Projection, string, string)[]
    {
        ("erc20_balance", Balance, "account,balance"),
        ("erc721_owner", Owner, "token_id,owner"),
        ("erc1155_balance", Holding, "account,token_id,amount"),
    }.Where(known => Contracts.Derives(known.Projection)).Select(known => (known.Item2, known.Item3));

    public static IEnumerable<(string Table, string[] Rows)> Of(FakeLog[] logs)
    {
        HashSet<string> wanted = [.. Compared.Select(table => table.Table)];
        return new[] { (Balance, Balances(logs)), (Owner, Owners(logs)), (Holding, Holdings(logs)) }
            .Where(table => wanted.Contains(table.Item1));
    }

    private static string[] Balances(FakeLog[] logs)
    {
        Dictionary<string, BigInteger> held = [];
        foreach (string[] values in Rows(logs, "coin_transfer"))
        {
            Move(held, values[0], values[1], "", Number(values[2]));
        }

        return NotZero(held);
    }

    private static string[] Owners(FakeLog[] logs)
    {
        SortedDictionary<int, string> owners = [];
        foreach (string[] values in Rows(logs, "nft_transfer"))
        {
            owners[int.Parse(values[2], CultureInfo.InvariantCulture)] = values[1];
        }

        return [.. owners.Where(owned => owned.Value != Nobody)
            .Select(owned => ExpectedTables.Row($"{owned.Key}", owned.Value)).Order(StringComparer.Ordinal)];
    }

    private static string[] Holdings(FakeLog[] logs)
    {
        Dictionary<string, BigInteger> held = [];
        foreach (FakeLog log in logs.Where(log => log.Table is "multi_transfer_single" or "multi_transfer_batch"))
        {
            string[] values = log.Values!;
            string[] ids = [.. Digits().Matches(values[3]).Select(match => match.Value)];
            string[] amounts = [.. Digits().Matches(values[4]).Select(match => match.Value)];
            foreach ((string id, string amount) in ids.Zip(amounts))
            {
                Move(held, values[1], values[2], $"{SchemaSnapshot.Separator}{id}", Number(amount));
            }
        }

        return NotZero(held);
    }

    private static IEnumerable<string[]> Rows(FakeLog[] logs, string table) =>
        logs.Where(log => log.Table == table).Select(log => log.Values!);

    private static void Move(
        Dictionary<string, BigInteger> held, string from, string to, string what, BigInteger amount)
    {
        held[from + what] = held.GetValueOrDefault(from + what) - amount;
        held[to + what] = held.GetValueOrDefault(to + what) + amount;
    }

    private static string[] NotZero(Dictionary<string, BigInteger> held) =>
    [
        .. held.Where(entry => !entry.Value.IsZero && !entry.Key.StartsWith(Nobody, StringComparison.Ordinal))
            .Select(entry => ExpectedTables.Row(entry.Key, $"{entry.Value}")).Order(StringComparer.Ordinal),
    ];

    private static BigInteger Number(string text) => BigInteger.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Digits();
}
