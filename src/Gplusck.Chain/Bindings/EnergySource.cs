namespace Gplusck.Chain.Bindings;

/// <summary>What a node's electricity comes from. Part of certificate ids.</summary>
/// <remarks>Members and their order are those of contracts/src/staking/INodeRegistry.sol.</remarks>
public enum EnergySource : byte
{
    /// <summary>Nothing declared.</summary>
    None,

    /// <summary>Photovoltaic or solar thermal.</summary>
    Solar,

    /// <summary>Wind, on shore or off shore.</summary>
    Wind,

    /// <summary>Hydropower.</summary>
    Hydro,

    /// <summary>Nuclear.</summary>
    Nuclear,

    /// <summary>Geothermal.</summary>
    Geothermal,

    /// <summary>Biomass.</summary>
    Biomass,

    /// <summary>Thermal, natural gas.</summary>
    Gas,

    /// <summary>Thermal, oil.</summary>
    Oil,

    /// <summary>Thermal, coal.</summary>
    Coal,

    /// <summary>Thermal of unknown fuel; counts as the worst.</summary>
    ThermalUnspecified,

    /// <summary>The mix of the grid zone.</summary>
    Grid,
}
