namespace Gplusck.Chain.Bindings;

/// <summary>Where a batch of cells stands.</summary>
/// <remarks>Members and their order are those of contracts/src/compute/IComputeMarket.sol.</remarks>
public enum BatchStatus : byte
{
    /// <summary>No such batch.</summary>
    None,

    /// <summary>Open to challenge, or waiting to be settled.</summary>
    Committed,

    /// <summary>Paid and certified.</summary>
    Settled,

    /// <summary>Proved wrong; its fee went back to the requester.</summary>
    Voided,

    /// <summary>Proved wrong; it can no longer be settled, and is voided with the punishment.</summary>
    Faulted,
}
