using Gplusck.Chain.Bindings;
using Gplusck.Chain.Primitives;

namespace Gplusck.Tokenomics.Rules.Ledgers;

/// <summary>A node in the registry.</summary>
/// <param name="Operator">Who runs it.</param>
/// <param name="Source">What its electricity comes from.</param>
/// <param name="Zone">Grid zone, ISO 3166-1 numeric code.</param>
/// <param name="NameplateWatts">The most power it can draw.</param>
/// <param name="CommissionBps">The operator's share of the stakers' part, before an announced rise.</param>
public sealed record NodeEntry(
    Address Operator, EnergySource Source, ushort Zone, uint NameplateWatts, ushort CommissionBps)
{
    /// <summary>Where it stands.</summary>
    public NodeStatus Status { get; init; } = NodeStatus.Registered;

    /// <summary>Earliest second at which it may leave jail.</summary>
    public long JailedUntil { get; init; }

    /// <summary>Earliest second at which it may finish its exit.</summary>
    public long ExitsAt { get; init; }

    /// <summary>When an announced commission takes effect; 0 with none announced.</summary>
    public long RisesAt { get; init; }

    /// <summary>The announced commission.</summary>
    public ushort NextCommissionBps { get; init; }

    /// <summary>The commission at a time.</summary>
    public ushort CommissionAt(long now) => RisesAt != 0 && now >= RisesAt ? NextCommissionBps : CommissionBps;
}
