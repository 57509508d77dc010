namespace Gplusck.Host.Endpoints.Answers;

/// <summary>Carbon certificates.</summary>
/// <param name="AsOfBlock">Newest indexed block; every figure is as of it.</param>
/// <param name="Certificates">The last minted first.</param>
internal sealed record CertificatesAnswer(
    long AsOfBlock,
    IReadOnlyList<CertificateEntry> Certificates);
