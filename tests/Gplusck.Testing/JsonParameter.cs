using System.Data;
using Dapper;
using Npgsql;
using NpgsqlTypes;

namespace Gplusck.Testing;

/// <summary>JSON text as a jsonb parameter.</summary>
public sealed class JsonParameter(string json) : SqlMapper.ICustomQueryParameter
{
    public void AddParameter(IDbCommand command, string name) =>
        command.Parameters.Add(new NpgsqlParameter(name, NpgsqlDbType.Jsonb) { Value = json });
}
