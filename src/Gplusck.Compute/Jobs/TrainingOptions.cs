using System.ComponentModel.DataAnnotations;

namespace Gplusck.Compute.Jobs;

/// <summary>How the digits network is trained and how its products are cut.</summary>
public sealed class TrainingOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Training";

    /// <summary>Units of the hidden layer.</summary>
    /// <value>The default is 32.</value>
    [Range(1, 4_096)]
    public int HiddenUnits { get; set; } = 32;

    /// <summary>Images in one step.</summary>
    /// <value>The default is 128.</value>
    [Range(1, 4_096)]
    public int BatchImages { get; set; } = 128;

    /// <summary>How far one step moves the parameters against the gradient.</summary>
    /// <value>The default is 0.5.</value>
    public float LearningRate { get; set; } = 0.5f;

    /// <summary>Largest size of one element of a gradient; larger ones are cut to it.</summary>
    /// <value>
    /// The default is 0.1. This and <see cref="ActivationLimit"/> bound what one wrong cell can do to the model.
    /// </value>
    public float GradientLimit { get; set; } = 0.1f;

    /// <summary>Largest activation of a hidden unit and largest size of a score; larger ones are cut to it.</summary>
    /// <value>The default is 16.</value>
    public float ActivationLimit { get; set; } = 16;

    /// <summary>Cells that each product is cut into, by the rows of its left operand.</summary>
    /// <value>The default is 2: ten cells a step.</value>
    [Range(1, 1_024)]
    public int RowParts { get; set; } = 2;

    /// <summary>Further cut of each product, by the columns of its right operand.</summary>
    /// <value>The default is 1.</value>
    [Range(1, 1_024)]
    public int ColumnParts { get; set; } = 1;
}
