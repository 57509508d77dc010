namespace Gplusck.Chain.Bindings;

/// <summary>Where a node stands.</summary>
/// <remarks>Members and their order are those of contracts/src/staking/INodeRegistry.sol.</remarks>
public enum NodeStatus : byte
{
    /// <summary>No such node.</summary>
    None,

    /// <summary>Known, with too little stake to work.</summary>
    Registered,

    /// <summary>May take work.</summary>
    Active,

    /// <summary>Barred until its time in jail is over and it unjails.</summary>
    Jailed,

    /// <summary>Gets no more work; its stake may unbond.</summary>
    Exiting,

    /// <summary>Gone for good.</summary>
    Exited,

    /// <summary>Shut out by a court for good; its stake may unbond.</summary>
    Tombstoned,
}
