namespace Gplusck.Host.Devnet;

/// <summary>Where a devnet's node and database are.</summary>
/// <param name="Rpc">JSON-RPC address.</param>
/// <param name="Database">Npgsql connection string, with its password.</param>
internal sealed record Connections(Uri Rpc, string Database);
