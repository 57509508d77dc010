using System.Numerics;
using System.Text.Json;
using Gplusck.Chain.Abi;
using Gplusck.Chain.Bindings;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Rpc;
using Gplusck.Database;
using Npgsql;

namespace Gplusck.Host.Tests.EndToEnd;

/// <summary>Holds the tables of a devnet against direct reads of its chain at one block.</summary>
internal sealed class MirrorCheck(string dataFolder)
{
    public async Task AssertEqualsChainAsync(CancellationToken cancellationToken)
    {
        using JsonDocument connections = JsonDocument.Parse(
            await File.ReadAllTextAsync(Path.Combine(dataFolder, "connections.json"), cancellationToken));
        string database = connections.RootElement.GetProperty("database").GetString()!;
        Uri rpc = new(connections.RootElement.GetProperty("rpc").GetString()!);
        EthereumClient chain = EthereumClient.Connect(rpc, TimeProvider.System);
        Deployment deployment = Deployment.Load(Path.Combine(dataFolder, "deployment.json"));

        await using NpgsqlDataSource source = PostgresDataSource.Create(database);
        await using NpgsqlConnection connection = await source.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction snapshot = await connection.BeginTransactionAsync(
            System.Data.IsolationLevel.RepeatableRead, cancellationToken);
        long block = await connection.QuerySingleAsync<long>(
            "SELECT block_number FROM gplusck.checkpoint", null, cancellationToken);

        await AssertRowCountsAsync(connection, chain, deployment, block, cancellationToken);
        await AssertBalancesAsync(connection, chain, deployment, block, cancellationToken);
        await AssertTotalsAsync(connection, chain, deployment, block, cancellationToken);
    }

    private static async Task AssertRowCountsAsync(
        NpgsqlConnection connection, EthereumClient chain, Deployment deployment, long block, CancellationToken token)
    {
        long rows = 0;
        foreach (string name in ContractAbi.Names)
        {
            Address address = deployment.Addresses[name];
            LogFilter filter = new() { Addresses = [address], From = BlockTag.Earliest, To = block };
            ILookup<Hash32, LogEntry> logs = (await chain.GetLogsAsync(filter, token)).ToLookup(log => log.Topics[0]);
            foreach (AbiEvent @event in ContractAbi.Parse(name).Events)
            {
                string table = $"gplusck.{Snake(name)}_{Snake(@event.Name)}";
                long stored = await connection.QuerySingleAsync<long>($"SELECT count(*) FROM {table}", null, token);
                Assert.True(
                    logs[@event.Topic0].Count() == stored,
                    $"{table}: {stored} rows, {logs[@event.Topic0].Count()} logs");
                rows += stored;
            }
        }

        Assert.True(rows > 0);
    }

    private static async Task AssertBalancesAsync(
        NpgsqlConnection connection, EthereumClient chain, Deployment deployment, long block, CancellationToken token)
    {
        (Address Account, BigInteger Balance)[] holders = [.. await connection.QueryAsync<(Address, BigInteger)>(
            "SELECT account, balance FROM gplusck.gpuck_balance WHERE balance <> 0", null, token)];
        Assert.NotEmpty(holders);
        foreach ((Address account, BigInteger balance) in holders)
        {
            Assert.Equal(await chain.CallAsync(deployment.Gpuck.BalanceOf(account), block, token), balance);
        }

        BigInteger supply = await chain.CallAsync(deployment.Gpuck.TotalSupply(), block, token);
        Assert.Equal(supply, holders.Aggregate(BigInteger.Zero, (sum, holder) => sum + holder.Balance));
    }

    private static async Task AssertTotalsAsync(
        NpgsqlConnection connection, EthereumClient chain, Deployment deployment, long block, CancellationToken token)
    {
        BigInteger burned = await SumAsync("SELECT coalesce(sum(amount), 0)::numeric(78,0) FROM gplusck.gpuck_burned");
        Assert.Equal(await chain.CallAsync(deployment.Gpuck.Burned(), block, token), burned);
        BigInteger staked = await SumAsync(
            """
            SELECT ((SELECT coalesce(sum(assets), 0) FROM gplusck.stake_vault_staked)
                  + (SELECT coalesce(sum(assets), 0) FROM gplusck.stake_vault_reward_added)
                  - (SELECT coalesce(sum(assets), 0) FROM gplusck.stake_vault_withdrawn)
                  - (SELECT coalesce(sum(removed), 0) FROM gplusck.stake_vault_slashed)
                  - (SELECT coalesce(sum(burned), 0)
                     FROM gplusck.stake_vault_redelegation_settled))::numeric(78,0)
            """);
        ulong nodes = await chain.CallAsync(deployment.NodeRegistry.NodeCount(), block, token);
        BigInteger behind = BigInteger.Zero;
        for (ulong node = 1; node <= nodes; node++)
        {
            behind += await chain.CallAsync(deployment.StakeVault.StakeBehind(node), block, token);
        }

        Assert.Equal(behind, staked);

        Task<BigInteger> SumAsync(string sql) => connection.QuerySingleAsync<BigInteger>(sql, null, token);
    }

    private static string Snake(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
