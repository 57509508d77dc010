namespace Gplusck.Tokenomics.Rules;

/// <summary>How an energy figure came about, numbered as in <c>IComputeMarket.sol</c>.</summary>
public enum MeasurementTier : byte
{
    /// <summary>A development network: several operators share one machine.</summary>
    Emulated,

    /// <summary>The operator's word.</summary>
    Declared,

    /// <summary>Read from the machine's own counters.</summary>
    Measured,

    /// <summary>Read from a meter.</summary>
    Metered,
}
