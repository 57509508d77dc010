using System.CommandLine;
using Gplusck.Chain.Rpc;
using Gplusck.Database;
using Gplusck.Host.Roles;
using Npgsql;

namespace Gplusck.Host.Commands;

/// <summary>
/// <c>gplusck run</c>: roles of the network against an RPC endpoint and a Postgres that exist already.
/// </summary>
internal static class RunCommand
{
    public static Command Create()
    {
        Option<string> config = new("--config")
        {
            Description = "JSON file: rpc, database, deployment, listen; docs/operations.md describes it.",
            Required = true,
        };
        Option<string> roles = new("--roles")
        {
            Description = "Comma-separated: web, indexer, jobs, verifier. All of them by default.",
        };
        Command command = new("run", "Runs roles against an existing RPC endpoint and Postgres.") { config, roles };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            NetworkSettings settings = NetworkConfigFile.Load(parsed.GetRequiredValue(config), parsed.GetValue(roles));
            await RunAsync(settings, TimeProvider.System, cancellationToken);
            return 0;
        });
        return command;
    }

    private static async Task RunAsync(NetworkSettings settings, TimeProvider time, CancellationToken cancellationToken)
    {
        EthereumClient chain = NetworkApplication.ChainClient(settings.Rpc, time);
        long chainId = await chain.ChainIdAsync(cancellationToken);
        if (chainId != (long)settings.Deployment.ChainId)
        {
            throw new Chain.InvalidInputException(
                $"The RPC endpoint serves chain {chainId}, "
                + $"but the deployment is on chain {settings.Deployment.ChainId}.");
        }

        await using (NpgsqlDataSource source = PostgresDataSource.Create(settings.ConnectionString))
        {
            await new Migrator(source).MigrateAsync(cancellationToken);
        }

        await using WebApplication application = NetworkApplication.Build(settings, time);
        await application.StartAsync(cancellationToken);
        await Console.Out.WriteLineAsync($"ready {settings.Listen.GetLeftPart(UriPartial.Authority)}");
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            await application.StopAsync(CancellationToken.None);
        }
    }
}
