namespace Gplusck.Tokenomics.Rules;

/// <summary>Where a node stands, numbered as in <c>INodeRegistry.sol</c>.</summary>
public enum NodeStatus : byte
{
    /// <summary>Unknown.</summary>
    None,

    /// <summary>Registered, with too little stake to work.</summary>
    Registered,

    /// <summary>Gets work.</summary>
    Active,

    /// <summary>Gets no work until it is let out.</summary>
    Jailed,

    /// <summary>On its way out; its stake may unbond.</summary>
    Exiting,

    /// <summary>Gone for good.</summary>
    Exited,
}
