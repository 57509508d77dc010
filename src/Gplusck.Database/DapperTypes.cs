using System.Data;
using System.Numerics;
using Dapper;
using Gplusck.Chain.Primitives;

namespace Gplusck.Database;

/// <summary>Tells Dapper, once per process, how Postgres stores the chain's values.</summary>
internal static class DapperTypes
{
    private static readonly Lazy<bool> Registered = new(RegisterOnce);

    public static void Register() => _ = Registered.Value;

    private static bool RegisterOnce()
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;

        // The handler makes Dapper accept BigInteger in constructors and parameters; the type map makes it read through
        // GetFieldValue, since the reader's own choice for numeric is decimal, which overflows above 2^96.
        SqlMapper.AddTypeHandler(new BigIntegerHandler());
        SqlMapper.AddTypeHandler(new AddressHandler());
        SqlMapper.AddTypeHandler(new Hash32Handler());
        SqlMapper.AddTypeMap(typeof(BigInteger), DbType.VarNumeric, useGetFieldValue: true);
        SqlMapper.AddTypeMap(typeof(BigInteger?), DbType.VarNumeric, useGetFieldValue: true);
        return true;
    }

    private sealed class BigIntegerHandler : SqlMapper.TypeHandler<BigInteger>
    {
        public override void SetValue(IDbDataParameter parameter, BigInteger value) => parameter.Value = value;

        public override BigInteger Parse(object value) => value switch
        {
            BigInteger exact => exact,
            decimal number => new BigInteger(number),
            _ => new BigInteger(Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture)),
        };
    }

    private sealed class AddressHandler : SqlMapper.TypeHandler<Address>
    {
        public override void SetValue(IDbDataParameter parameter, Address value) => parameter.Value = value.ToArray();

        public override Address Parse(object value) => Address.FromBytes((byte[])value);
    }

    private sealed class Hash32Handler : SqlMapper.TypeHandler<Hash32>
    {
        public override void SetValue(IDbDataParameter parameter, Hash32 value) => parameter.Value = value.ToArray();

        public override Hash32 Parse(object value) => Hash32.FromBytes((byte[])value);
    }
}
