using System.ComponentModel.DataAnnotations;

namespace Gplusck.Indexer;

/// <summary>How an indexer reads and when it stops.</summary>
public sealed class IndexerOptions
{
    /// <summary>Name of the section in configuration files.</summary>
    public const string Section = "Indexer";

    /// <summary>What is checked before it is stored.</summary>
    /// <value>The default is <see cref="VerifyMode.Full"/>.</value>
    public VerifyMode Verify { get; set; } = VerifyMode.Full;

    /// <summary>Stop when this block is committed and still canonical; nothing above it is read.</summary>
    /// <value>The default, null, follows the chain until cancelled.</value>
    [Range(0, long.MaxValue)]
    public long? ToBlock { get; set; }

    /// <summary>Wait between two looks at the head when there is nothing to do.</summary>
    /// <value>Milliseconds. The default is 250.</value>
    [Range(1, 60_000)]
    public int PollMilliseconds { get; set; } = 250;

    /// <summary>Most blocks committed together; fewer when they are full of events.</summary>
    /// <value>Blocks. The default is 5,000.</value>
    [Range(1, 100_000)]
    public int RangeBlocksMax { get; set; } = 5_000;

    /// <summary>Events after which blocks are committed.</summary>
    /// <value>Events. The default is 100,000.</value>
    [Range(1, 1_000_000)]
    public int RangeEventsTarget { get; set; } = 100_000;

    /// <summary>Most requests under way at once.</summary>
    /// <value>Requests. The default is 4.</value>
    [Range(1, 64)]
    public int RequestsMax { get; set; } = 4;

    /// <summary>Longest wait after an error; it starts at <see cref="PollMilliseconds"/> and doubles.</summary>
    /// <value>Milliseconds. The default is 10,000.</value>
    [Range(1, 600_000)]
    public int ErrorDelayMillisecondsMax { get; set; } = 10_000;
}
