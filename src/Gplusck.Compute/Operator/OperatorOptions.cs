using System.ComponentModel.DataAnnotations;
using System.Numerics;
using Gplusck.Chain.Bindings;

namespace Gplusck.Compute.Operator;

/// <summary>How one operator runs its node.</summary>
public sealed class OperatorOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Operator";

    /// <summary>What is declared about the node when it is registered; its endpoint is kept up to date.</summary>
    public required NodeProfile Profile { get; set; }

    /// <summary>Active stake that the operator keeps behind its node, topping up from its balance when there is less
    /// than the registry's minimum.</summary>
    /// <value>Wei.</value>
    public required BigInteger StakeWei { get; set; }

    /// <summary>Cells after which a batch is committed at once.</summary>
    /// <value>The default is 8.</value>
    [Range(1, 4_096)]
    public int BatchCells { get; set; } = 8;

    /// <summary>Longest that an executed cell waits for its batch.</summary>
    /// <value>The default is 2 seconds.</value>
    public TimeSpan BatchInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Executed cells that may wait to be committed; with more, new ones are refused.</summary>
    /// <value>The default is 256.</value>
    [Range(1, 65_536)]
    public int WaitingCellsMax { get; set; } = 256;

    /// <summary>Address of the HTTP API that tells what green rewards can be claimed; null claims none.</summary>
    public Uri? ApiBase { get; set; }

    /// <summary>Time between two looks at the rewards.</summary>
    /// <value>The default is 10 seconds.</value>
    public TimeSpan ClaimInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Retires certificates now and then; null retires none.</summary>
    public RetirementOptions? Retirement { get; set; }

    /// <summary>
    /// DEVELOPMENT ONLY: every so many cells one element of the result is made wrong; null is honest.
    /// </summary>
    [Range(1, int.MaxValue)]
    public int? CheatEveryCells { get; set; }
}
