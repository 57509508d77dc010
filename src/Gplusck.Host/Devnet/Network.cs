using Gplusck.Chain;
using Gplusck.Chain.Bindings;
using Gplusck.Chain.Rpc;
using Gplusck.Database;
using Gplusck.Host.Roles;

namespace Gplusck.Host.Devnet;

/// <summary>
/// Everything `up` starts: Postgres, a chain, the contracts, every role, four operators and a training job.
/// </summary>
internal static class Network
{
    private const int BlockSeconds = 1;
    private static readonly TimeSpan ReadyLimit = TimeSpan.FromMinutes(2);

    /// <summary>Runs the network until it is cancelled.</summary>
    /// <param name="port">Where the API and the dashboard are served on the loopback interface.</param>
    /// <param name="dataFolder">What is kept from one run to the next.</param>
    /// <param name="time">The clock of the network.</param>
    /// <param name="cancellationToken">Stops everything, in order, and waits for it.</param>
    /// <exception cref="GplusckException">It could not be started; one sentence.</exception>
    public static async Task RunAsync(
        int port, string dataFolder, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!FreePort.IsFree(port))
        {
            throw new InvalidInputException(
                $"Port {port} is in use: stop what listens there, or choose another one with --port.");
        }

        using DataFolder folder = DataFolder.Take(dataFolder);
        await using EmbeddedPostgres postgres = await StartPostgresAsync(folder, time, cancellationToken);
        await using Anvil chain = await StartChainAsync(folder, time, cancellationToken);
        EthereumClient client = NetworkApplication.ChainClient(chain.Url, time);
        Deployment deployment = await DeployAsync(folder, chain.Url, client, cancellationToken);
        string database = await PrepareDatabaseAsync(postgres, client, cancellationToken);

        NetworkSettings settings = new()
        {
            Rpc = chain.Url,
            ConnectionString = database,
            Deployment = deployment,
            Listen = new Uri($"http://127.0.0.1:{port}"),
            Roles = Enum.GetValues<Role>().ToHashSet(),
            JobsKey = Accounts.Jobs,
            VerifierKey = Accounts.Verifier,
            EpochCloseMarginSeconds = 3,
            Emulated = true,
            LogFile = folder.LogFile,
        };
        await folder.WriteConnectionsAsync(settings.Rpc, database, cancellationToken);
        await using WebApplication application =
            NetworkApplication.Build(settings, time, builder => DemoRoles.Add(builder, settings, folder));
        DemoRoles.Map(application);
        await DemoFunding.ProvideAsync(client, deployment, time, cancellationToken);
        await application.StartAsync(cancellationToken);
        try
        {
            Say("roles started; waiting for the indexer, four active operators and the first job");
            await WaitUntilReadyAsync(application, time, cancellationToken);
            await Console.Out.WriteLineAsync($"ready {settings.Listen.GetLeftPart(UriPartial.Authority)}");
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Say("stopping");
        }
        finally
        {
            await application.StopAsync(CancellationToken.None);
        }
    }

    private static async Task<EmbeddedPostgres> StartPostgresAsync(
        DataFolder folder, TimeProvider time, CancellationToken cancellationToken)
    {
        EmbeddedPostgres postgres =
            await EmbeddedPostgres.StartAsync(folder.Postgres, durable: true, time, cancellationToken);
        Say("Postgres is ready");
        return postgres;
    }

    private static async Task<Anvil> StartChainAsync(
        DataFolder folder, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            Anvil chain = await Anvil.StartAsync(folder.Chain, BlockSeconds, time, cancellationToken);
            Say($"the chain is ready: {chain.Url}");
            return chain;
        }
        catch (GplusckException error)
        {
            throw new GplusckException(
                $"{error.Message} When the chain is damaged, remove {folder.Path} to start anew.", error);
        }
    }

    // A deployment file without its contracts on chain belongs to a chain that is gone.
    private static async Task<Deployment> DeployAsync(
        DataFolder folder, Uri rpc, EthereumClient client, CancellationToken cancellationToken)
    {
        if (File.Exists(folder.DeploymentFile))
        {
            Deployment known = Known(folder);
            if ((await client.GetCodeAsync(known.Gpuck.Address, BlockTag.Latest, cancellationToken)).Length > 0)
            {
                return known;
            }
        }

        Say("deploying the contracts");
        await ContractDeployment.DeployAsync(
            rpc, Accounts.DeployerKey, DemoParameters.Contracts, folder.DeploymentFile, cancellationToken);
        return Deployment.Load(folder.DeploymentFile);
    }

    private static Deployment Known(DataFolder folder)
    {
        try
        {
            return Deployment.Load(folder.DeploymentFile);
        }
        catch (InvalidInputException error)
        {
            throw new InvalidInputException(
                $"{error.Message} It is of another version: remove {folder.Path} to start anew.", error);
        }
    }

    // Named after the chain's first block: a chain that starts anew gets a database of its own.
    private static async Task<string> PrepareDatabaseAsync(
        EmbeddedPostgres postgres, EthereumClient client, CancellationToken cancellationToken)
    {
        BlockHeader genesis = await client.GetBlockAsync(BlockTag.Earliest, cancellationToken)
            ?? throw new GplusckException("The chain has no first block.");
        string name = $"gplusck_{genesis.Hash.ToString()[2..10]}";
        await postgres.CreateDatabaseAsync(name, cancellationToken);
        await using Npgsql.NpgsqlDataSource source = PostgresDataSource.Create(postgres.ConnectionString(name));
        await new Migrator(source).MigrateAsync(cancellationToken);
        return postgres.ConnectionString(name);
    }

    private static async Task WaitUntilReadyAsync(
        WebApplication application, TimeProvider time, CancellationToken cancellationToken)
    {
        long started = time.GetTimestamp();
        while (await DemoRoles.WhatIsMissingAsync(application.Services, cancellationToken) is string missing)
        {
            if (time.GetElapsedTime(started) > ReadyLimit)
            {
                throw new GplusckException($"The network is not ready after {ReadyLimit.TotalSeconds:0} s: {missing}.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), time, cancellationToken);
        }
    }

    private static void Say(string what) => Console.Error.WriteLine($"  {what}");
}
