using System.ComponentModel.DataAnnotations;
using System.Numerics;

namespace Gplusck.Outbox;

/// <summary>How the outbox sends.</summary>
public sealed class OutboxOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Outbox";

    /// <summary>Pause between two looks at the queue and the head of the chain.</summary>
    /// <value>Milliseconds. The default is 250.</value>
    [Range(1, 60_000)]
    public int PollMilliseconds { get; set; } = 250;

    /// <summary>Most transactions of one account that are signed and in no block yet.</summary>
    /// <value>The default is 16, what common nodes keep of one account in their pool.</value>
    [Range(1, 1_000)]
    public int InFlightMax { get; set; } = 16;

    /// <summary>A transaction that waited this long is replaced by one with a higher fee.</summary>
    /// <value>Blocks. The default is 5.</value>
    [Range(1, 1_000)]
    public int BumpAfterBlocks { get; set; } = 5;

    /// <summary>No version is signed that offers more than this for a unit of gas.</summary>
    /// <value>Wei. The default is 500 gwei.</value>
    public BigInteger MaxFeePerGasCapWei { get; set; } = 500_000_000_000;

    /// <summary>A block this deep counts as final: its transactions are no longer compared with the chain.</summary>
    /// <value>Blocks. The default is 64, two epochs of Ethereum.</value>
    [Range(1, 100_000)]
    public int ConfirmationDepth { get; set; } = 64;

    /// <summary>
    /// A nonce that nobody's transaction holds, below one of ours, is filled with an empty transaction to ourselves
    /// after this time. Until then another program that uses the same key may still send its own.
    /// </summary>
    /// <value>Seconds. The default is 10.</value>
    [Range(0, 3_600)]
    public int GapPatienceSeconds { get; set; } = 10;

    /// <summary>Open transactions are looked up again after this time even when no block came.</summary>
    /// <value>Seconds. The default is 15.</value>
    [Range(1, 3_600)]
    public int RecheckSeconds { get; set; } = 15;
}
