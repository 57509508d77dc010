using System.Numerics;
using Gplusck.Chain.Primitives;

namespace Gplusck.Host.Endpoints.Answers;

/// <summary>A node, its electricity, its stake and its record.</summary>
/// <param name="NodeId">Id in NodeRegistry.</param>
/// <param name="Operator">Account that runs it.</param>
/// <param name="Status">registered, active, jailed, exiting or exited.</param>
/// <param name="Source">Electricity source.</param>
/// <param name="Zone">Grid zone, ISO 3166-1 numeric.</param>
/// <param name="Jurisdiction">ISO 3166-1 alpha-2.</param>
/// <param name="NameplateWatts">Most power it can draw.</param>
/// <param name="CommissionBps">Share of the stakers' part in 1/10,000.</param>
/// <param name="Endpoint">Where it serves operands and batches.</param>
/// <param name="StakeWei">Active stake.</param>
/// <param name="UnbondingWei">Stake on its way out, still slashable.</param>
/// <param name="CellsCommitted">Cells committed.</param>
/// <param name="CellsVerified">Cells executed again by a verifier.</param>
/// <param name="CellsSettled">Cells paid.</param>
/// <param name="Faults">Faults proved.</param>
/// <param name="SlashedWei">Wei lost to slashes.</param>
/// <param name="EnergyWh">Wh of settled batches.</param>
/// <param name="EarnedWei">Fees paid to the operator, commission included.</param>
/// <param name="JailedUntil">Unix time up to which the last jailing holds; 0 when never jailed.</param>
internal record NodeEntry(
    long NodeId,
    Address Operator,
    string Status,
    string Source,
    long Zone,
    string Jurisdiction,
    long NameplateWatts,
    long CommissionBps,
    string Endpoint,
    BigInteger StakeWei,
    BigInteger UnbondingWei,
    long CellsCommitted,
    long CellsVerified,
    long CellsSettled,
    long Faults,
    BigInteger SlashedWei,
    long EnergyWh,
    BigInteger EarnedWei,
    BigInteger JailedUntil);
