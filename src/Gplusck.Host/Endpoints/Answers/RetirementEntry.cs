using System.Numerics;
using Gplusck.Chain.Primitives;

namespace Gplusck.Host.Endpoints.Answers;

/// <summary>Wh taken out of circulation for good.</summary>
/// <param name="RetirementId">Id of the retirement.</param>
/// <param name="Id">Certificate.</param>
/// <param name="Account">Who retired.</param>
/// <param name="Beneficiary">For whom.</param>
/// <param name="BeneficiaryName">Free text of the account that retired.</param>
/// <param name="Reason">Free text of the account that retired.</param>
/// <param name="Wh">Wh retired.</param>
/// <param name="FootprintMg">mgCO2e of them.</param>
/// <param name="BlockNumber">Block.</param>
/// <param name="TransactionHash">Transaction.</param>
/// <param name="Timestamp">Unix time of the block.</param>
internal sealed record RetirementEntry(
    BigInteger RetirementId,
    BigInteger Id,
    Address Account,
    Address Beneficiary,
    string BeneficiaryName,
    string Reason,
    long Wh,
    long FootprintMg,
    long BlockNumber,
    Hash32 TransactionHash,
    long Timestamp);
