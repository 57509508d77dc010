using System.Numerics;
using Gplusck.Chain.Bindings;
using Gplusck.Chain.Primitives;
using Microsoft.Extensions.Logging;

namespace Gplusck.Compute.Operator;

/// <summary>Retires a share of the certificates that an operator earned in this hour and the last.</summary>
internal sealed class CertificateRetirement(
    AccountChain chain, NodeProfile profile, MeasurementTier tier, RetirementOptions options, ILogger logger)
{
    private const ulong SecondsPerHour = 3_600;

    /// <summary>Retires once, if anything is held.</summary>
    public async Task RetireAsync(CancellationToken cancellationToken)
    {
        ulong nodeId = await chain.ReadAsync(chain.Contracts.NodeRegistry.NodeOf(chain.Account), cancellationToken);
        ushort factors = await chain.ReadAsync(chain.Contracts.EmissionFactors.Current(), cancellationToken);
        uint hour = (uint)(await chain.TimestampAsync(cancellationToken) / SecondsPerHour);
        foreach (uint earned in new[] { hour, hour - 1 })
        {
            await RetireAsync(
                new CertificateClass(profile.Zone, profile.Source, earned, tier, factors, nodeId), cancellationToken);
        }
    }

    private async Task RetireAsync(CertificateClass kind, CancellationToken cancellationToken)
    {
        CarbonCertificate certificates = chain.Contracts.CarbonCertificate;
        BigInteger id = await chain.ReadAsync(certificates.IdOf(kind), cancellationToken);
        BigInteger held = await chain.ReadAsync(certificates.BalanceOf(chain.Account, id), cancellationToken);
        if (held.IsZero)
        {
            return;
        }

        BigInteger wattHours = ((held * options.SharePercent) + 99) / 100;
        ulong start = kind.Hour * 3_600UL;
        RetirementNote note = new(
            options.Beneficiary, options.BeneficiaryName, Hash32.Zero, options.Reason, start, start + 3_600);
        await chain.SendAsync(certificates.Retire(id, wattHours, note), cancellationToken);
        Log.CertificatesRetired(logger, chain.Account, wattHours, options.BeneficiaryName);
    }
}
