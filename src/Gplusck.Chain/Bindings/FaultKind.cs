namespace Gplusck.Chain.Bindings;

/// <summary>What MicrocellCourt found.</summary>
/// <remarks>Members and their order are those of contracts/src/verify/IMicrocellCourt.sol.</remarks>
public enum FaultKind : byte
{
    /// <summary>An element of a product is not what the operands give.</summary>
    WrongElement,

    /// <summary>A committed leaf is no cell that can be judged.</summary>
    MalformedCell,

    /// <summary>Committed data was not opened in time.</summary>
    DataWithheld,

    /// <summary>Two statements about one cell, or one cell committed twice.</summary>
    Equivocation,
}
