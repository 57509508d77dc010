namespace Gplusck.Compute.Operands;

/// <summary>How much an operator keeps, and for how long.</summary>
public sealed class OperandStoreOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Operands";

    /// <summary>How long a batch and its matrices are served after they were last written.</summary>
    /// <value>The default is 3 days. It must exceed the market's challenge window: withheld data cost stake.</value>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(3);

    /// <summary>
    /// Most bytes of matrices on disk. When they are reached, new cells are refused; nothing young is dropped.
    /// </summary>
    /// <value>Bytes. The default is 8 GiB.</value>
    public long BytesMax { get; set; } = 8L << 30;
}
