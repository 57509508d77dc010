using System.ComponentModel.DataAnnotations;
using Gplusck.Chain.Primitives;

namespace Gplusck.Compute.Operator;

/// <summary>Which share of its certificates an operator retires, for whom and how often.</summary>
public sealed class RetirementOptions
{
    /// <summary>Account that the retirement is for.</summary>
    public required Address Beneficiary { get; set; }

    /// <summary>Name that is written to the retirement, public for ever: no personal data.</summary>
    public required string BeneficiaryName { get; set; }

    /// <summary>Why, in a few words.</summary>
    public required string Reason { get; set; }

    /// <summary>Time between two retirements.</summary>
    /// <value>The default is 30 seconds.</value>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Share of what is held, in percent, rounded up to a whole Wh.</summary>
    /// <value>The default is 25.</value>
    [Range(1, 100)]
    public int SharePercent { get; set; } = 25;
}
