namespace Gplusck.Indexer.Schema;

/// <summary>The types that columns of event tables have.</summary>
internal enum ColumnKind
{
    /// <summary><c>bytea</c>: addresses, bytes and hashes.</summary>
    Bytes,

    /// <summary><c>bigint</c>: integers of which every value fits.</summary>
    Bigint,

    /// <summary><c>numeric(78,0)</c>: all other integers.</summary>
    Numeric,

    /// <summary><c>boolean</c>.</summary>
    Boolean,

    /// <summary><c>text</c>.</summary>
    Text,

    /// <summary><c>jsonb</c>: arrays and structs.</summary>
    Json,
}
