using Gplusck.Chain.Bindings;
using Gplusck.Chain.Primitives;
using Gplusck.Chain.Signing;
using Gplusck.Indexer;

namespace Gplusck.Host.Roles;

/// <summary>Everything a process needs to take part in a network.</summary>
internal sealed record NetworkSettings
{
    /// <summary>JSON-RPC endpoint of the chain.</summary>
    public required Uri Rpc { get; init; }

    /// <summary>Npgsql connection string of the database all processes share.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>The contracts.</summary>
    public required Deployment Deployment { get; init; }

    /// <summary>Where HTTP is served; the web role only.</summary>
    public required Uri Listen { get; init; }

    public required IReadOnlySet<Role> Roles { get; init; }

    /// <summary>Sends settlements, mints epochs and attests reward roots; the jobs role only.</summary>
    public PrivateKey? JobsKey { get; init; }

    /// <summary>Sends fault proofs and earns the finder's share; the verifier role only.</summary>
    public PrivateKey? VerifierKey { get; init; }

    /// <summary>How far ingested logs are proved.</summary>
    public VerifyMode Verify { get; init; } = VerifyMode.Full;

    /// <summary>How long after its end an epoch is closed. The default is 60 s of chain time.</summary>
    public int EpochCloseMarginSeconds { get; init; } = 60;

    /// <summary>Where the log goes; null is the console.</summary>
    public string? LogFile { get; init; }

    /// <summary>True on a development network, where operators share one machine and energy is emulated.</summary>
    public bool Emulated { get; init; }

    /// <summary>Schema of the mirrored chain.</summary>
    public const string Schema = "gplusck";

    public IReadOnlyDictionary<Address, PrivateKey> Keys =>
        new[] { JobsKey, VerifierKey }.OfType<PrivateKey>().DistinctBy(key => key.Address)
            .ToDictionary(key => key.Address);
}
