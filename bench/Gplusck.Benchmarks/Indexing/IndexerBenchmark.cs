using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Gplusck.Chain;
using Gplusck.Chain.Abi;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Rpc;
using Gplusck.Database;
using Gplusck.Host.Devnet;
using Npgsql;

namespace Gplusck.Benchmarks.Indexing;

/// <summary><c>gplusck index</c> with balances on 500,000 transfers, against what the node alone needs.</summary>
/// <remarks>
/// The floor is the node handing the same headers and receipts to a client that throws them away, at the best of a few
/// batch sizes. Each run fills a database of its own on a durable Postgres; tables and balances are compared with
/// eth_getLogs folded by other code before a figure is printed.
/// </remarks>
public sealed class IndexerBenchmark : IBenchmark
{
    private const int Events = TransferChain.Blocks * TransferChain.EventsPerBlock;

    private const double MemoryGoalMegabytes = 512;

    public string Name => "indexer";

    public async IAsyncEnumerable<Measurement> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using TransferChain chain = await TransferChain.BuildAsync(cancellationToken);
        string folder = Directory.CreateTempSubdirectory("gplusck-bench-").FullName;
        await using EmbeddedPostgres postgres = await EmbeddedPostgres.StartAsync(
            Path.Combine(folder, "postgres"), durable: true, TimeProvider.System, cancellationToken);
        string manifest = Path.Combine(folder, "manifest.json");
        await File.WriteAllTextAsync(manifest, Manifest(chain), cancellationToken);
        Dictionary<Address, BigInteger> expected = await BalancesAsync(chain, cancellationToken);
        double floor = double.MaxValue;
        foreach ((int blocks, int requests) in new[] { (1, 2), (10, 1), (10, 2), (25, 2), (25, 4) })
        {
            (double seconds, _) = await NodeFloor.MeasureAsync(
                chain.Url, chain.Head, blocks, requests, cancellationToken);
            floor = Math.Min(floor, seconds);
        }

        yield return new Measurement("node alone: headers and receipts", Math.Round(floor, 2), "s", null, null);
        foreach (string verify in new[] { "full", "bloom", "off" })
        {
            await postgres.CreateDatabaseAsync($"bench_{verify}", cancellationToken);
            string database = postgres.ConnectionString($"bench_{verify}");
            (double seconds, double peak) = await IndexProcess.RunAsync(
                chain.Url, database, manifest, chain.Head, verify, cancellationToken);
            await CompareAsync(database, expected, cancellationToken);
            yield return new Measurement(
                $"index --verify {verify}, with balances", Math.Round(seconds, 2), "s", Math.Round(floor, 2),
                Math.Round(floor / seconds, 3));
            yield return Measurement.OfRate($"events, --verify {verify}", "events/s", Events, seconds, floor);
            yield return new Measurement(
                $"peak memory, --verify {verify}", Math.Round(peak), "MB", MemoryGoalMegabytes,
                Math.Round(MemoryGoalMegabytes / peak, 2));
        }
    }

    private static string Manifest(TransferChain chain) => new JsonObject
    {
        ["schema"] = "bench",
        ["contracts"] = new JsonArray(new JsonObject
        {
            ["name"] = "Emitter",
            ["address"] = $"{chain.Emitter}",
            ["abi"] = JsonNode.Parse(chain.Abi),
            ["startBlock"] = 0,
            ["projections"] = new JsonArray("erc20_balance"),
        }),
    }.ToJsonString();

    private static async Task<Dictionary<Address, BigInteger>> BalancesAsync(
        TransferChain chain, CancellationToken cancellationToken)
    {
        EthereumClient client = EthereumClient.Connect(chain.Url, TimeProvider.System);
        Dictionary<Address, BigInteger> balances = [];
        for (long from = 0; from <= chain.Head; from += 100)
        {
            LogFilter filter = new() { From = from, To = Math.Min(chain.Head, from + 99), Addresses = [chain.Emitter] };
            foreach (LogEntry log in await client.GetLogsAsync(filter, cancellationToken))
            {
                AbiReader topics = new([.. log.Topics[1].ToArray(), .. log.Topics[2].ToArray()]);
                Address sender = topics.ReadAddress();
                Address receiver = topics.ReadAddress();
                BigInteger value = new(log.Data, isUnsigned: true, isBigEndian: true);
                balances[sender] = balances.GetValueOrDefault(sender) - value;
                balances[receiver] = balances.GetValueOrDefault(receiver) + value;
            }
        }

        return balances;
    }

    private static async Task CompareAsync(
        string database, Dictionary<Address, BigInteger> expected, CancellationToken cancellationToken)
    {
        await using NpgsqlDataSource dataSource = PostgresDataSource.Create(database);
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        long rows = await connection.QuerySingleAsync<long>(
            "SELECT count(*) FROM bench.emitter_transfer", null, cancellationToken);
        IReadOnlyList<Holder> holders = await connection.QueryAsync<Holder>(
            "SELECT account, balance FROM bench.emitter_balance", null, cancellationToken);
        bool equal = rows == Events
            && holders.Count == expected.Values.Count(balance => !balance.IsZero)
            && holders.All(holder => expected.GetValueOrDefault(holder.Account) == holder.Balance);
        if (!equal)
        {
            throw new GplusckException("The tables are not what the chain says.");
        }
    }

    private sealed record Holder(Address Account, BigInteger Balance);
}
