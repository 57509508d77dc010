using System.Numerics;

namespace Gplusck.Host.Endpoints.Answers;

/// <summary>A record of electricity used for compute. Not an offset.</summary>
/// <param name="Id">Token id.</param>
/// <param name="NodeId">Node that used it.</param>
/// <param name="Source">Electricity source.</param>
/// <param name="Zone">Grid zone, ISO 3166-1 numeric.</param>
/// <param name="Hour">Unix time / 3600.</param>
/// <param name="Tier">How the figure came about: emulated, declared, measured or metered.</param>
/// <param name="FactorVersion">Factor set.</param>
/// <param name="GramsPerKwh">gCO2e/kWh in that set.</param>
/// <param name="Wh">Wh minted.</param>
/// <param name="RetiredWh">Wh retired.</param>
/// <param name="FootprintMg">mgCO2e of the Wh minted.</param>
internal sealed record CertificateEntry(
    BigInteger Id,
    long NodeId,
    string Source,
    long Zone,
    long Hour,
    string Tier,
    long FactorVersion,
    long GramsPerKwh,
    long Wh,
    long RetiredWh,
    long FootprintMg);
