using Gplusck.Chain.Bindings;
using Gplusck.Chain.Signing;

namespace Gplusck.Host.Devnet;

/// <summary>One of the four operators of the demo.</summary>
/// <param name="Name">Names its folder and its path under /operators.</param>
/// <param name="KeyIndex">Which of the well-known development keys is its own.</param>
/// <param name="Source">Its electricity, emulated.</param>
/// <param name="Zone">Country of its grid, ISO 3166-1 numeric.</param>
/// <param name="Jurisdiction">Country of its law, ISO 3166-1 alpha-2.</param>
/// <param name="NameplateWatts">Most power it can draw.</param>
/// <param name="CheatEveryCells">One cell in about so many is falsified; null is honest.</param>
internal sealed record DemoOperator(
    string Name, int KeyIndex, EnergySource Source, ushort Zone, string Jurisdiction, uint NameplateWatts,
    int? CheatEveryCells)
{
    /// <summary>An operator's cut of the stakers' fee part, in 1/10,000.</summary>
    public const ushort CommissionBps = 1_000;

    public static IReadOnlyList<DemoOperator> All { get; } =
    [
        new("sunrise", 4, EnergySource.Solar, 504, "MA", 4_000, null),
        new("fjord", 5, EnergySource.Hydro, 578, "NO", 4_000, null),
        new("mistral", 6, EnergySource.Wind, 250, "FR", 4_000, null),
        new("colliery", 7, EnergySource.Coal, 616, "PL", 4_000, 60),
    ];

    public PrivateKey Key => DevKeys.All[KeyIndex];

    /// <summary>Where it is served below the address of the devnet.</summary>
    public string Path => $"/operators/{Name}";

}
