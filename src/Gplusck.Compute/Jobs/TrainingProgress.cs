using System.Numerics;
using Gplusck.Chain.Primitives;

namespace Gplusck.Compute.Jobs;

/// <summary>Where a training stands, as it was last reported on chain.</summary>
/// <param name="JobId">The job that the report belongs to.</param>
/// <param name="Step">Steps taken.</param>
/// <param name="LossMicro">Mean loss since the report before, in millionths.</param>
/// <param name="ModelRoot">Hash of the model's parameters.</param>
/// <param name="HeldOutAccuracyPpm">Held-out digits read rightly, in millionths of all.</param>
public sealed record TrainingProgress(
    BigInteger JobId, long Step, long LossMicro, Hash32 ModelRoot, long HeldOutAccuracyPpm);
