namespace Gplusck.Compute.Jobs;

/// <summary>What one training step did.</summary>
/// <param name="Number">How many steps the model has taken, this one included.</param>
/// <param name="LossMicro">Mean cross-entropy of the step's images before the update, in millionths.</param>
/// <param name="Cells">Microcells that were executed for it.</param>
public sealed record TrainingStep(long Number, long LossMicro, int Cells);
