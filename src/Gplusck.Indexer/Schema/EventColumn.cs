using System.Numerics;
using Gplusck.Chain.Abi;
using Gplusck.Chain.Primitives;
using Npgsql;
using NpgsqlTypes;

namespace Gplusck.Indexer.Schema;

/// <summary>One input of an event as a column.</summary>
internal sealed class EventColumn
{
    private const int SignedBitsInBigint = 64;
    private const int UnsignedBitsInBigint = 56;

    private readonly AbiType _type;
    private readonly NpgsqlDbType _column;

    public EventColumn(string name, AbiParameter input)
    {
        Name = name;
        _type = input.Type;
        _column = ColumnOf(input);
    }

    public string Name { get; }

    private string SqlType => _column switch
    {
        NpgsqlDbType.Bigint => "bigint",
        NpgsqlDbType.Numeric => "numeric(78,0)",
        NpgsqlDbType.Boolean => "boolean",
        NpgsqlDbType.Text => "text",
        NpgsqlDbType.Jsonb => "jsonb",
        _ => "bytea",
    };

    public string Definition => $"{Identifier.Quote(Name)} {SqlType} NOT NULL";

    /// <summary>Writes one decoded value as the importer's next column.</summary>
    public Task WriteAsync(NpgsqlBinaryImporter importer, object value, CancellationToken cancellationToken) =>
        _column switch
        {
            NpgsqlDbType.Bigint => importer.WriteAsync((long)(BigInteger)value, _column, cancellationToken),
            NpgsqlDbType.Numeric => importer.WriteAsync((BigInteger)value, _column, cancellationToken),
            NpgsqlDbType.Boolean => importer.WriteAsync((bool)value, _column, cancellationToken),
            NpgsqlDbType.Text => importer.WriteAsync(JsonText.Storable((string)value), _column, cancellationToken),
            NpgsqlDbType.Jsonb => importer.WriteAsync(JsonText.Of(_type, value), _column, cancellationToken),
            _ => importer.WriteAsync(Bytes(value), _column, cancellationToken),
        };

    private static NpgsqlDbType ColumnOf(AbiParameter input) => input.Type.Kind switch
    {
        _ when input.IsHashed => NpgsqlDbType.Bytea,
        AbiKind.UnsignedInteger => input.Type.Size <= UnsignedBitsInBigint ? NpgsqlDbType.Bigint : NpgsqlDbType.Numeric,
        AbiKind.SignedInteger => input.Type.Size <= SignedBitsInBigint ? NpgsqlDbType.Bigint : NpgsqlDbType.Numeric,
        AbiKind.Boolean => NpgsqlDbType.Boolean,
        AbiKind.Text => NpgsqlDbType.Text,
        AbiKind.Array or AbiKind.FixedArray or AbiKind.Tuple => NpgsqlDbType.Jsonb,
        _ => NpgsqlDbType.Bytea,
    };

    private static byte[] Bytes(object value) => value switch
    {
        Address address => address.ToArray(),
        Hash32 hash => hash.ToArray(),
        _ => (byte[])value,
    };
}
