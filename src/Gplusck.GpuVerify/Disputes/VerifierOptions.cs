using System.ComponentModel.DataAnnotations;
using Gplusck.Chain.Primitives;

namespace Gplusck.GpuVerify.Disputes;

/// <summary>How a verifier works.</summary>
public sealed class VerifierOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Verifier";

    /// <summary>Account that sends proofs and gets the finder's share; the outbox must hold its key.</summary>
    public Address Finder { get; set; }

    /// <summary>Share of the cells whose whole product is computed again, as a control on the screen.</summary>
    /// <value>In 1/10,000, drawn by the beacon; at least one cell of each batch. The default is 625, one in
    /// sixteen.</value>
    [Range(0, 10_000)]
    public int ControlBps { get; set; } = 625;

    /// <summary>Largest matrix that is fetched.</summary>
    /// <value>Bytes. The default is 64 MiB. A cell with a larger one makes its batch unavailable.</value>
    [Range(1, int.MaxValue)]
    public int MatrixBytesMax { get; set; } = 64 << 20;

    /// <summary>Operands kept while a batch is screened, because its cells often share one.</summary>
    /// <value>Bytes. The default is 128 MiB.</value>
    [Range(0, long.MaxValue)]
    public long OperandCacheBytes { get; set; } = 128L << 20;

    /// <summary>A batch that was not finished is handed to a verifier again after this time.</summary>
    /// <value>Seconds. The default is 20.</value>
    [Range(1, 86_400)]
    public int RetrySeconds { get; set; } = 20;

    /// <summary>Most batches that one look at the index hands out.</summary>
    /// <value>The default is 100.</value>
    [Range(1, 10_000)]
    public int BatchesPerRound { get; set; } = 100;

    /// <summary>Longest wait for one answer of an operator's server.</summary>
    /// <value>Seconds. The default is 10.</value>
    [Range(1, 600)]
    public int FetchTimeoutSeconds { get; set; } = 10;
}
