using System.ComponentModel.DataAnnotations;
using Gplusck.Chain.Primitives;

namespace Gplusck.Tokenomics;

/// <summary>How settlement and rewards are run.</summary>
public sealed class TokenomicsOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Tokenomics";

    /// <summary>Account that settles and mints epochs.</summary>
    /// <value>The outbox must hold its key. There is no default.</value>
    public Address Account { get; set; }

    /// <summary>Accounts that attest reward roots, as far as <c>GreenRewards</c> knows them as recomputers.</summary>
    /// <value>The outbox must hold their keys. The default is none.</value>
    public IReadOnlyList<Address> Recomputers { get; set; } = [];

    /// <summary>Most settlements that one run of the job leaves in the outbox.</summary>
    /// <value>The default is 200.</value>
    [Range(1, 10_000)]
    public int SettlementsMax { get; set; } = 200;

    /// <summary>How long after its end an epoch is closed, so that a short reorg cannot change what it
    /// counted.</summary>
    /// <value>Seconds of chain time. The default is 60.</value>
    [Range(0, 86_400)]
    public int CloseMarginSeconds { get; set; } = 60;

    /// <summary>How long after its end an epoch waits for batches that no verifier has judged; they then count
    /// nothing.</summary>
    /// <value>Seconds of chain time. The default is 3,600.</value>
    [Range(0, 604_800)]
    public int VerificationWaitSeconds { get; set; } = 3_600;

    /// <summary>How many of the newest blocks have their events counted when tables are compared with the
    /// chain.</summary>
    /// <value>Blocks. The default is 2,000.</value>
    [Range(1, 1_000_000)]
    public int ReconcileBlocks { get; set; } = 2_000;

    /// <summary>How many of the largest balances are compared with the chain.</summary>
    /// <value>The default is 50.</value>
    [Range(0, 10_000)]
    public int ReconcileBalances { get; set; } = 50;
}
