namespace Gplusck.Host.Endpoints.Answers;

/// <summary>Whether this process can serve.</summary>
/// <param name="Ready">Database answers and the tables are close to the head.</param>
/// <param name="IndexedBlock">Newest block in the tables.</param>
/// <param name="HeadBlock">Newest block of the chain.</param>
/// <param name="Reason">What is missing; null when ready.</param>
internal sealed record ReadinessAnswer(
    bool Ready,
    long? IndexedBlock,
    long? HeadBlock,
    string? Reason);
