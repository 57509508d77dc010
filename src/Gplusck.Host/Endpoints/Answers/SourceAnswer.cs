namespace Gplusck.Host.Endpoints.Answers;

/// <summary>Certificates of one electricity source.</summary>
/// <param name="Count">Certificate ids.</param>
/// <param name="Wh">Wh minted, retired ones included.</param>
internal sealed record SourceAnswer(
    long Count,
    long Wh);
