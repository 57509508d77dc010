using Gplusck.Chain.Abi;

namespace Gplusck.Indexer.Schema;

/// <summary>One input of an event as a column.</summary>
internal sealed class EventColumn(string name, AbiParameter input)
{
    private const int SignedBitsInBigint = 64;
    private const int UnsignedBitsInBigint = 56;

    public string Name { get; } = name;

    public ColumnKind Kind { get; } = KindOf(input);

    public string Definition => $"{Identifier.Quote(Name)} {SqlType} NOT NULL";

    private string SqlType => Kind switch
    {
        ColumnKind.Bigint => "bigint",
        ColumnKind.Numeric => "numeric(78,0)",
        ColumnKind.Boolean => "boolean",
        ColumnKind.Text => "text",
        ColumnKind.Json => "jsonb",
        _ => "bytea",
    };

    private static ColumnKind KindOf(AbiParameter input) => input.Type.Kind switch
    {
        _ when input.IsHashed => ColumnKind.Bytes,
        AbiKind.UnsignedInteger => input.Type.Size <= UnsignedBitsInBigint ? ColumnKind.Bigint : ColumnKind.Numeric,
        AbiKind.SignedInteger => input.Type.Size <= SignedBitsInBigint ? ColumnKind.Bigint : ColumnKind.Numeric,
        AbiKind.Boolean => ColumnKind.Boolean,
        AbiKind.Text => ColumnKind.Text,
        AbiKind.Array or AbiKind.FixedArray or AbiKind.Tuple => ColumnKind.Json,
        _ => ColumnKind.Bytes,
    };
}
