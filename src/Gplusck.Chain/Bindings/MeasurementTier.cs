namespace Gplusck.Chain.Bindings;

/// <summary>How an energy figure came about. Part of certificate ids.</summary>
/// <remarks>Members and their order are those of contracts/src/compute/IComputeMarket.sol.</remarks>
public enum MeasurementTier : byte
{
    /// <summary>A development network, where several operators share one machine.</summary>
    Emulated,

    /// <summary>Stated by the operator.</summary>
    Declared,

    /// <summary>Read from the machine's own sensors.</summary>
    Measured,

    /// <summary>Read from an electricity meter.</summary>
    Metered,
}
