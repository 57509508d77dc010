namespace Gplusck.Chain.Abi;

/// <summary>The families of ABI types.</summary>
public enum AbiKind
{
    /// <summary><c>uint8</c> … <c>uint256</c>.</summary>
    UnsignedInteger,

    /// <summary><c>int8</c> … <c>int256</c>.</summary>
    SignedInteger,

    /// <summary><c>address</c>.</summary>
    Address,

    /// <summary><c>bool</c>.</summary>
    Boolean,

    /// <summary><c>bytes1</c> … <c>bytes32</c>.</summary>
    FixedBytes,

    /// <summary><c>function</c>: an address and a selector, 24 bytes.</summary>
    Function,

    /// <summary><c>bytes</c>.</summary>
    Bytes,

    /// <summary><c>string</c>.</summary>
    Text,

    /// <summary><c>T[]</c>.</summary>
    Array,

    /// <summary><c>T[N]</c>.</summary>
    FixedArray,

    /// <summary><c>(T1,T2,…)</c>: a struct.</summary>
    Tuple,
}
