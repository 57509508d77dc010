namespace Gplusck.Indexer;

/// <summary>How much of what the node says is checked before it is stored.</summary>
public enum VerifyMode
{
    /// <summary>Header hashes, parent links, and the receipts of every block against its receipts root.</summary>
    Full,

    /// <summary>
    /// Header hashes, parent links, and the receipts of every block whose logs bloom may hold our events.
    /// </summary>
    Bloom,

    /// <summary>Parent links only; logs come from eth_getLogs and are believed.</summary>
    Off,
}
