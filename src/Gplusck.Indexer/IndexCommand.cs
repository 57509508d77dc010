using Gplusck.Chain;
using Gplusck.Chain.Rpc;
using Gplusck.Database;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Gplusck.Indexer;

/// <summary>Everything <c>gplusck index</c> was told.</summary>
/// <param name="RpcUrl">Address of the node.</param>
/// <param name="Database">Either form that <see cref="PostgresAddress.Parse"/> reads.</param>
/// <param name="ManifestFile">Path of the manifest.</param>
/// <param name="Options">From <c>--to</c> and <c>--verify</c>.</param>
public sealed record IndexCommand(string RpcUrl, string Database, string ManifestFile, IndexerOptions Options)
{
    /// <summary>Indexes until the last block asked for is committed, or until cancelled.</summary>
    /// <exception cref="GplusckException">What cannot be used, in one sentence.</exception>
    public async Task RunAsync(TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        IndexManifest manifest = await IndexManifest.LoadAsync(ManifestFile, cancellationToken);
        if (!Uri.TryCreate(RpcUrl, UriKind.Absolute, out Uri? url) || url.Scheme is not ("http" or "https"))
        {
            throw new InvalidInputException("The RPC address is no http:// or https:// URL.");
        }

        await using NpgsqlDataSource dataSource = PostgresDataSource.Create(Database);
        try
        {
            IndexerRun run = new(dataSource, EthereumClient.Connect(url, time), manifest, Options, time, logger);
            await run.RunAsync(cancellationToken);
        }
        catch (NpgsqlException error)
        {
            throw new GplusckException($"The database cannot be used: {error.Message}", error);
        }
    }

    /// <summary>The mode that <c>--verify</c> names.</summary>
    /// <exception cref="InvalidInputException">There is no such mode.</exception>
    public static VerifyMode ParseVerify(string text) => text switch
    {
        "full" => VerifyMode.Full,
        "bloom" => VerifyMode.Bloom,
        "off" => VerifyMode.Off,
        _ => throw new InvalidInputException($"There is no verify mode \"{text}\": use full, bloom or off."),
    };
}
