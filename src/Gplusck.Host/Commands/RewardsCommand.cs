using System.CommandLine;
using Gplusck.Chain.Rpc;
using Gplusck.Database;
using Gplusck.Host.Devnet;
using Gplusck.Host.Roles;
using Gplusck.Tokenomics.Jobs;
using Npgsql;

namespace Gplusck.Host.Commands;

/// <summary><c>gplusck rewards check EPOCH</c>: recomputes an epoch and compares it with the root on chain.</summary>
internal static class RewardsCommand
{
    public static Command Create()
    {
        Argument<long> epoch = new("EPOCH") { Description = "Number of a closed epoch." };
        Option<string> data = DataOption.Create();
        Command check = new("check", "Recomputes an epoch's reward root; exit code 1 on any difference.")
        {
            epoch,
            data,
        };
        check.SetAction((parsed, cancellationToken) =>
            CheckAsync(parsed.GetValue(epoch), parsed.GetRequiredValue(data), cancellationToken));
        return new Command("rewards", "Green rewards.") { check };
    }

    private static async Task<int> CheckAsync(long epoch, string data, CancellationToken cancellationToken)
    {
        (Connections connections, Chain.Bindings.Deployment deployment) = DataFolder.Read(data);
        await using NpgsqlDataSource source = PostgresDataSource.Create(connections.Database);
        EthereumClient chain = NetworkApplication.ChainClient(connections.Rpc, TimeProvider.System);
        RewardCheck check = new(source, chain, deployment, new EpochClock(chain, deployment));
        IReadOnlyList<string> differences = await check.RunAsync(epoch, cancellationToken);
        return await Verdict.SayAsync($"Epoch {epoch}: the recomputed root is the root on chain.", differences);
    }
}
