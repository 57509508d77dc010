using System.ComponentModel.DataAnnotations;
using System.Numerics;

namespace Gplusck.Compute.Jobs;

/// <summary>How a requester posts jobs, hands out cells and paces itself.</summary>
public sealed class RequesterOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Requester";

    /// <summary>Cells of one job; the next job is posted when they are handed out.</summary>
    /// <value>The default is 2,000.</value>
    [Range(1, 1_000_000)]
    public int CellsPerJob { get; set; } = 2_000;

    /// <summary>What a cell pays.</summary>
    /// <value>Wei. The default is 0.01 GPUCK.</value>
    public BigInteger FeePerCellWei { get; set; } = BigInteger.Pow(10, 16);

    /// <summary>How long a job takes commits.</summary>
    /// <value>The default is 6 hours.</value>
    public TimeSpan JobLifetime { get; set; } = TimeSpan.FromHours(6);

    /// <summary>How long an operator may execute an order.</summary>
    /// <value>The default is 1 minute; operators refuse more than 10.</value>
    public TimeSpan OrderLifetime { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Longest wait for one result; then the cell goes to another node.</summary>
    /// <value>The default is 10 seconds.</value>
    public TimeSpan AnswerTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a node that failed gets no cells.</summary>
    /// <value>The default is 5 seconds.</value>
    public TimeSpan NodePause { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Age after which the list of active nodes is read anew.</summary>
    /// <value>The default is 3 seconds.</value>
    public TimeSpan NodeListAge { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Cells under way at a time.</summary>
    /// <value>The default is 4.</value>
    [Range(1, 256)]
    public int CellsUnderWayMax { get; set; } = 4;

    /// <summary>Least time from the start of one training step to the next.</summary>
    /// <value>The default is 1.5 seconds: with ten cells a step, under seven cells a second.</value>
    public TimeSpan StepInterval { get; set; } = TimeSpan.FromSeconds(1.5);

    /// <summary>Steps between two progress reports on chain.</summary>
    /// <value>The default is 5.</value>
    [Range(1, 10_000)]
    public int StepsPerReport { get; set; } = 5;
}
