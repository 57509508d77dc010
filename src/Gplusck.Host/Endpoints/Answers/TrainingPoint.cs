using System.Numerics;
using Gplusck.Chain.Primitives;

namespace Gplusck.Host.Endpoints.Answers;

/// <summary>One report of a requester.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Step">Training step.</param>
/// <param name="LossMicro">Loss in millionths.</param>
/// <param name="ModelRoot">Hash of the parameters.</param>
/// <param name="BlockNumber">Block of the report.</param>
/// <param name="Timestamp">Unix time of that block.</param>
internal sealed record TrainingPoint(
    BigInteger JobId,
    long Step,
    long LossMicro,
    Hash32 ModelRoot,
    long BlockNumber,
    long Timestamp);
