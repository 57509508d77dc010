namespace Gplusck.Indexer.Decoding;

/// <summary>A log that the ABI does not fit, with the reason.</summary>
internal readonly record struct UndecodedLog(long BlockNumber, int LogIndex, string Reason);
