using System.Numerics;
using CsCheck;
using Gplusck.Chain.Bindings;
using Gplusck.Tokenomics.Rules;

namespace Gplusck.Tokenomics.Tests.Rules;

public sealed class CertificateIdTests
{
    [Fact]
    public void An_id_is_read_field_by_field()
    {
        // zone 0x0114 · source 0x01 · hour 0x00075bcd · tier 0x2 · version 0x0003 · node 0x00000000002a
        BigInteger id = BigInteger.Parse("0" + "0114" + "01" + "00075bcd" + "2" + "0003" + "00000000002a",
            System.Globalization.NumberStyles.HexNumber, null);

        Assert.Equal(
            new CertificateId(276, EnergySource.Solar, 482_253, MeasurementTier.Measured, 3, 42),
            CertificateId.Unpack(id));
    }

    [Fact]
    public void Packing_undoes_reading() =>
        Amounts.UpToBits(124).Sample(id => Assert.Equal(id, CertificateId.Unpack(id).Pack()));
}
