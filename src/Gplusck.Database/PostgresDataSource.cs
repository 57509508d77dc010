using Npgsql;

namespace Gplusck.Database;

/// <summary>Opens the way to Postgres with Gplusck's type maps in place.</summary>
public static class PostgresDataSource
{
    /// <summary>A pool of connections to one database.</summary>
    /// <param name="connectionString">Either form that <see cref="PostgresAddress.Parse"/> reads.</param>
    /// <remarks>
    /// Dapper reads and writes numeric(78,0) as BigInteger, exact to 2^256−1, and bytea as Address and Hash32;
    /// snake_case columns match PascalCase members. Query through <see cref="DapperCommands"/>: Dapper's own call for a
    /// lone BigInteger goes through decimal, which ends at 2^96.
    /// </remarks>
    /// <exception cref="Chain.InvalidInputException">The text is neither form.</exception>
    public static NpgsqlDataSource Create(string connectionString)
    {
        DapperTypes.Register();
        NpgsqlConnectionStringBuilder settings = new(PostgresAddress.Parse(connectionString));
        settings.ApplicationName ??= "gplusck";
        return new NpgsqlDataSourceBuilder(settings.ConnectionString).Build();
    }
}
