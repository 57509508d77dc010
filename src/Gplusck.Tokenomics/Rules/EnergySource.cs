namespace Gplusck.Tokenomics.Rules;

/// <summary>What a node's electricity comes from, numbered as in <c>INodeRegistry.sol</c>.</summary>
/// <remarks>The numbers are part of certificate ids: a source is only ever appended.</remarks>
public enum EnergySource : byte
{
    /// <summary>Not declared.</summary>
    None,

    /// <summary>Photovoltaic.</summary>
    Solar,

    /// <summary>Onshore or offshore wind.</summary>
    Wind,

    /// <summary>Hydropower.</summary>
    Hydro,

    /// <summary>Nuclear fission.</summary>
    Nuclear,

    /// <summary>Geothermal.</summary>
    Geothermal,

    /// <summary>Dedicated biomass.</summary>
    Biomass,

    /// <summary>Thermal, natural gas.</summary>
    Gas,

    /// <summary>Thermal, oil.</summary>
    Oil,

    /// <summary>Thermal, coal.</summary>
    Coal,

    /// <summary>Thermal of unknown fuel; counts as the worst.</summary>
    ThermalUnspecified,

    /// <summary>The mix of the public grid.</summary>
    Grid,
}
