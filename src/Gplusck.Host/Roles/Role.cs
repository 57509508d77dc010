namespace Gplusck.Host.Roles;

/// <summary>
/// What a process does for the network. One process may have several roles; more processes may share one.
/// </summary>
internal enum Role
{
    /// <summary>HTTP API and dashboard.</summary>
    Web,

    /// <summary>Mirrors the chain into Postgres; one at a time works, others stand by.</summary>
    Indexer,

    /// <summary>Settles batches, closes epochs, sends transactions.</summary>
    Jobs,

    /// <summary>Fetches, screens and disputes batches of cells.</summary>
    Verifier,
}
