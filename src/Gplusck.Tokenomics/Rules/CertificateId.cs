using System.Numerics;
using Gplusck.Chain.Bindings;

namespace Gplusck.Tokenomics.Rules;

/// <summary>What the id of a carbon certificate says, as <c>CertificateId.sol</c> packs it.</summary>
/// <remarks>zone 16 · source 8 · hour 32 · tier 4 · factor version 16 · node 48 bits, in the low 124 bits.</remarks>
/// <param name="Zone">Grid zone, ISO 3166-1 numeric code.</param>
/// <param name="Source">What the electricity came from.</param>
/// <param name="Hour">Unix time / 3600.</param>
/// <param name="Tier">How the energy figure came about.</param>
/// <param name="FactorVersion">Factor set in force when it was minted.</param>
/// <param name="NodeId">Node that used the electricity.</param>
public readonly record struct CertificateId(
    ushort Zone, EnergySource Source, uint Hour, MeasurementTier Tier, ushort FactorVersion, long NodeId)
{
    /// <summary>Whether its Wh count as green ones: solar, wind, hydro and geothermal.</summary>
    public bool IsGreen => Source is EnergySource.Solar or EnergySource.Wind or EnergySource.Hydro
        or EnergySource.Geothermal;

    /// <summary>Reads an id.</summary>
    public static CertificateId Unpack(BigInteger id) => new(
        (ushort)Field(id, 108, 16),
        (EnergySource)Field(id, 100, 8),
        (uint)Field(id, 68, 32),
        (MeasurementTier)Field(id, 64, 4),
        (ushort)Field(id, 48, 16),
        Field(id, 0, 48));

    /// <summary>The id itself.</summary>
    public BigInteger Pack() =>
        ((BigInteger)Zone << 108) | ((BigInteger)(byte)Source << 100) | ((BigInteger)Hour << 68)
        | ((BigInteger)(byte)Tier << 64) | ((BigInteger)FactorVersion << 48) | NodeId;

    private static long Field(BigInteger id, int shift, int bits) =>
        (long)((id >> shift) & ((BigInteger.One << bits) - 1));
}
