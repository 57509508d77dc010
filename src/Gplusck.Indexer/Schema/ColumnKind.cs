namespace Gplusck.Indexer.Schema;

/// <summary>How an input is stored.</summary>
internal enum ColumnKind
{
    /// <summary>Integers that fit 64 bits with a sign.</summary>
    Bigint,

    /// <summary>Larger integers, <c>numeric(78,0)</c>.</summary>
    Numeric,

    /// <summary><c>boolean</c>.</summary>
    Boolean,

    /// <summary>20 bytes, <c>bytea</c>.</summary>
    Address,

    /// <summary><c>bytes1</c> to <c>bytes32</c> and <c>function</c>, <c>bytea</c>.</summary>
    FixedBytes,

    /// <summary><c>bytes</c>, <c>bytea</c>.</summary>
    Bytes,

    /// <summary>The 32-byte hash that is all that is logged, <c>bytea</c>.</summary>
    Hash,

    /// <summary><c>text</c>.</summary>
    Text,

    /// <summary>Arrays and structs, <c>jsonb</c>.</summary>
    Json,
}
